// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/detail/guarded.hpp>
#include <cafes/detail/projection_type.hpp>
#include <cafes/detail/reactor_type.hpp>
#include <cafes/detail/typed_aggregate.hpp>
#include <cafes/reactor.hpp>

#include <concepts>
#include <type_traits>
#include <utility>
#include <variant>

namespace cafes::detail {

template <reactor Reactor>
class typed_reactor final : public reactor_handlers {
public:
  explicit typed_reactor(std::shared_ptr<Reactor> reactor)
    : reactor_{std::move(reactor)} {}

  [[nodiscard]] read_event read(const recorded_event& stored) const override {
    if (!wants(stored.type))
      return {};
    auto happened = decode_stored<typename Reactor::events>(stored);
    if (!happened)
      return {{}, unreadable(happened.error())};
    std::optional<std::string> key;
    auto thrown = guarded([&] {
      key = std::visit(
        [&](const auto& event) -> std::optional<std::string> {
          return Reactor::key(where(stored), event);
        },
        *happened);
    });
    if (thrown)
      return {{},
              reaction_failure{parking_reason::handler, *std::move(thrown)}};
    if (!key)
      return {};
    if (auto fits = check_document_key(*key); !fits)
      return {{},
              reaction_failure{parking_reason::handler,
                               "the event's key: " + fits.error().message}};
    return {std::move(key), {}};
  }

  [[nodiscard]] std::optional<reaction_failure>
  react(const recorded_event& stored, std::string_view idempotency_key,
        int attempt) override {
    auto happened = decode_stored<typename Reactor::events>(stored);
    if (!happened)
      return unreadable(happened.error());
    expected<void> reacted;
    auto thrown = guarded([&] {
      const auto place = where(stored);
      reacted = std::visit(
        [&](const auto& event) {
          return reactor_->react(reaction{place, idempotency_key, attempt},
                                 event);
        },
        *happened);
    });
    if (thrown)
      return reaction_failure{parking_reason::handler, *std::move(thrown)};
    if (!reacted)
      return reaction_failure{parking_reason::handler,
                              std::string{to_string(reacted.error().code)}
                                + ": " + reacted.error().message};
    return {};
  }

private:
  static bool wants(std::string_view type) {
    bool wanted = false;
    Reactor::events::each([&]<class Event>(std::size_t) {
      wanted = wanted || Event::event_name == type;
    });
    return wanted;
  }

  static event_context where(const recorded_event& stored) {
    return {stored.stream, stored.at_version, stored.at, stored.recorded_at,
            stored.from};
  }

  static reaction_failure unreadable(const error& why) {
    return {parking_reason::unreadable, why.message, true};
  }

  std::shared_ptr<Reactor> reactor_;
};

/// Makes the reactor, or says why it cannot be made now.
template <class Open, class Reactor>
concept opens = std::copy_constructible<Open> && requires(Open& open) {
  { open() } -> std::same_as<expected<std::shared_ptr<Reactor>>>;
};

/// The table of functions of a reactor.
template <reactor Reactor, opens<Reactor> Open>
reactor_type make_reactor_type(Open open, const reactor_options& options) {
  static_assert(check_reactor<Reactor>::passed);
  reactor_type type;
  type.name = std::string{Reactor::name};
  type.options = options;
  type.open = [open = std::move(open)]() mutable
    -> expected<std::shared_ptr<reactor_handlers>> {
    expected<std::shared_ptr<Reactor>> opened = open();
    if (!opened)
      return failure_of(opened);
    if (!*opened)
      return failure(errc::invalid_argument,
                     std::string{Reactor::name} + " was opened as nothing");
    return std::make_shared<typed_reactor<Reactor>>(*std::move(opened));
  };
  Reactor::events::each([&]<class Event>(std::size_t) {
    type.events.push_back(event_type_of<Event>());
  });
  return type;
}

} // namespace cafes::detail
