// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/codec.hpp>
#include <cafes/decider.hpp>
#include <cafes/detail/aggregate_type.hpp>
#include <cafes/detail/content.hpp>
#include <cafes/detail/shape.hpp>

#include <optional>
#include <utility>
#include <variant>

namespace cafes::detail {

/// The place of a type in a one_of.
template <class Type, class List>
inline constexpr std::size_t index_in = [] {
  std::size_t found = List::size;
  List::each([&]<class Each>(std::size_t index) {
    if (std::is_same_v<Each, Type>)
      found = index;
  });
  return found;
}();

template <event Event>
event_type event_type_of() {
  return {std::string{Event::event_name}, Event::schema_version,
          shape_of<Event>()};
}

/// Decodes a stored event into one of a list.
/// Errors: unknown_type (not in the list), corrupt (does not decode).
template <class List>
expected<typename List::variant> decode_stored(const recorded_event& stored) {
  const auto place = [&] {
    return to_string(stored.stream) + " version "
           + std::to_string(stored.at_version.value());
  };
  std::optional<expected<typename List::variant>> decoded;
  List::each([&]<class Event>(std::size_t) {
    if (Event::event_name != stored.type
        || Event::schema_version != stored.schema_version)
      return;
    auto value = decode<Event>(stored.data);
    if (value)
      decoded.emplace(typename List::variant{*std::move(value)});
    else
      decoded.emplace(
        failure(errc::corrupt,
                place() + " (" + stored.type + "): " + value.error().message));
  });
  if (!decoded)
    return failure(errc::unknown_type, place() + " holds " + stored.type + " v"
                                         + std::to_string(stored.schema_version)
                                         + ", which is not registered");
  return *std::move(decoded);
}

template <decider Decider>
expected<std::string> encode_event(const event_of<Decider>& happened) {
  return std::visit([](const auto& one) { return encode(one); }, happened);
}

template <decider Decider>
class typed_aggregate final : public aggregate_state {
public:
  [[nodiscard]] expected<any_decision>
  decide(const any_command& asked,
         const context& circumstances) const override {
    std::optional<typename Decider::decision> made;
    Decider::commands::each([&]<class Command>(std::size_t index) {
      if (index == asked.type)
        made = cafes::decide<Decider>(
          state_, *static_cast<const Command*>(asked.value.get()),
          circumstances);
    });
    return erase(*std::move(made));
  }

  void evolve(const any_decision& made) override {
    for (const auto& happened :
         *static_cast<const typed_events*>(made.typed.get()))
      cafes::evolve<Decider>(state_, happened);
  }

  [[nodiscard]] expected<void> evolve(const recorded_event& stored) override {
    auto happened = decode_stored<typename Decider::events>(stored);
    if (!happened)
      return failure_of(happened);
    cafes::evolve<Decider>(state_, *happened);
    return {};
  }

  [[nodiscard]] expected<std::string> save() const override {
    return cafes::encode(state_);
  }

  [[nodiscard]] expected<void> restore(std::string_view saved) override {
    auto read = decode<state_of<Decider>>(saved);
    if (!read)
      return failure_of(read);
    state_ = *std::move(read);
    return {};
  }

private:
  using typed_events = std::vector<event_of<Decider>>;

  static expected<any_decision> erase(typename Decider::decision&& made) {
    any_decision erased;
    if (made.refusal()) {
      erased.refused
        = any_decision::refusal{static_cast<int>(*made.refusal()),
                                std::string{to_string(*made.refusal())}};
      return erased;
    }
    auto typed = std::make_shared<typed_events>(std::move(made).events());
    erased.events.reserve(typed->size());
    for (const auto& happened : *typed) {
      auto data = encode_event<Decider>(happened);
      if (!data)
        return failure_of(data);
      erased.events.push_back({happened.index(), *std::move(data)});
    }
    erased.typed = std::move(typed);
    return erased;
  }

  state_of<Decider> state_{};
};

template <class Command, class Decider>
any_command erase_command(Command asked) {
  const auto held = content::of(asked);
  const auto type = index_in<Command, typename Decider::commands>;
  return {type, std::make_shared<const Command>(std::move(asked)), held.bytes(),
          held.hash() + type};
}

/// The table of functions of a decider.
template <decider Decider>
aggregate_type make_aggregate_type(const aggregate_options& options = {}) {
  static_assert(check_decider<Decider>::passed);
  aggregate_type type;
  type.options = options;
  type.state_shape = "v" + std::to_string(state_of<Decider>::state_version)
                     + " " + shape_of<state_of<Decider>>();
  type.category = std::string{Decider::category};
  type.initial = [] { return std::make_unique<typed_aggregate<Decider>>(); };
  type.encode = [](const void* typed) {
    std::vector<encoded_event> encoded;
    for (const auto& happened :
         *static_cast<const std::vector<event_of<Decider>>*>(typed))
      encoded.push_back(
        {happened.index(), encode_event<Decider>(happened).value_or("")});
    return encoded;
  };
  Decider::events::each([&]<class Event>(std::size_t) {
    type.events.push_back(event_type_of<Event>());
  });
  Decider::commands::each([&]<class Command>(std::size_t) {
    type.commands.push_back(
      {std::string{Command::command_name}, shape_of<Command>(),
       [](std::string_view text) -> expected<any_command> {
         auto asked = decode<Command>(text, unknown_fields::refused);
         if (!asked)
           return failure_of(asked);
         return erase_command<Command, Decider>(*std::move(asked));
       }});
  });
  return type;
}

} // namespace cafes::detail
