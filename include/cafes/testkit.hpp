// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/codec.hpp>
#include <cafes/decider.hpp>
#include <cafes/detail/typed_aggregate.hpp>
#include <cafes/detail/typed_projection.hpp>

#include <atomic>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace cafes {

/// The result of a specification: true, or a sentence that says what was
/// expected and what came. Works with any framework that tests a condition.
class verdict {
public:
  static verdict passed() { return verdict{""}; }

  static verdict failed(std::string why) { return verdict{std::move(why)}; }

  explicit operator bool() const { return why_.empty(); }

  friend std::ostream& operator<<(std::ostream& out, const verdict& shown) {
    return out << (shown.why_.empty() ? "passed" : shown.why_);
  }

private:
  explicit verdict(std::string why) : why_{std::move(why)} {}

  std::string why_;
};

namespace detail {

/// "account.withdrawn{"amount":100}", or why the event cannot be stored.
template <class Event>
std::string show(const Event& happened) {
  const auto text = encode(happened);
  return std::string{Event::event_name}
         + (text ? *text : " (" + text.error().message + ")");
}

template <class Variant>
std::string show_all(const std::vector<Variant>& events) {
  std::string text = "[";
  for (const auto& happened : events)
    text += (text.size() > 1 ? ", " : "")
            + std::visit([](const auto& one) { return show(one); }, happened);
  return text + "]";
}

/// Encodes, decodes, compares: what is stored must come back as it was.
template <class Value>
verdict round_trip(const Value& value, std::string_view what) {
  const auto text = encode(value);
  if (!text)
    return verdict::failed(std::string{what}
                           + " cannot be stored: " + text.error().message);
  const auto back = decode<Value>(*text, unknown_fields::refused);
  if (!back)
    return verdict::failed(std::string{what} + " cannot be read back from "
                           + *text + ": " + back.error().message);
  if (!(*back == value))
    return verdict::failed(std::string{what} + " comes back changed from "
                           + *text);
  return verdict::passed();
}

} // namespace detail

/// What came of a command: asked by then, refused, nothing, state.
template <decider Decider>
class specification {
public:
  using state_type = state_of<Decider>;

  specification(verdict checked, typename Decider::decision made,
                state_type after)
    : checked_{std::move(checked)},
      made_{std::move(made)},
      after_{std::move(after)} {}

  /// Exactly these events, in this order.
  template <class... Events>
  [[nodiscard]] verdict then(Events... expected) const {
    if (!checked_)
      return checked_;
    const std::vector<event_of<Decider>> wanted{std::move(expected)...};
    if (!made_.refusal() && made_.events() == wanted)
      return verdict::passed();
    return verdict::failed("expected " + detail::show_all(wanted) + ", but "
                           + came());
  }

  /// Refused for this reason.
  [[nodiscard]] verdict refused(refusal_of<Decider> reason) const {
    if (!checked_)
      return checked_;
    if (made_.refusal() == reason)
      return verdict::passed();
    return verdict::failed("expected refusal " + std::string{to_string(reason)}
                           + ", but " + came());
  }

  /// Accepted without events.
  [[nodiscard]] verdict nothing() const { return then(); }

  /// The state afterwards.
  [[nodiscard]] verdict state(const state_type& expected) const {
    if (!checked_)
      return checked_;
    if (after_ == expected)
      return verdict::passed();
    return verdict::failed("expected state " + shown(expected) + ", but it is "
                           + shown(after_));
  }

private:
  static std::string shown(const state_type& state) {
    const auto text = encode(state);
    return text ? *text : text.error().message;
  }

  [[nodiscard]] std::string came() const {
    if (made_.refusal())
      return "it was refused: " + std::string{to_string(*made_.refusal())};
    return "there came " + detail::show_all(made_.events());
  }

  verdict checked_;
  typename Decider::decision made_;
  state_type after_;
};

/// A history of a decider; see given.
template <decider Decider>
class history {
public:
  explicit history(std::vector<event_of<Decider>> past)
    : past_{std::move(past)} {}

  /// Decides, with the codec round trip of every event, the command and both
  /// states checked on the way.
  template <class Command>
  [[nodiscard]] specification<Decider>
  when(const Command& asked, const context& circumstances = {}) const {
    verdict checked = detail::round_trip(asked, Command::command_name);
    state_of<Decider> state{};
    fold(past_, state, checked);
    auto made = decide<Decider>(state, asked, circumstances);
    fold(made.events(), state, checked);
    return {std::move(checked), std::move(made), std::move(state)};
  }

private:
  static void fold(const std::vector<event_of<Decider>>& events,
                   state_of<Decider>& state, verdict& checked) {
    for (const auto& happened : events) {
      if (checked)
        checked = std::visit(
          [](const auto& one) {
            return detail::round_trip(
              one, std::remove_cvref_t<decltype(one)>::event_name);
          },
          happened);
      evolve<Decider>(state, happened);
    }
    if (checked)
      checked = detail::round_trip(state, "the state");
  }

  std::vector<event_of<Decider>> past_;
};

/// given<account>(opened{…}).when(withdraw{…}).refused(…): a specification
/// of a decider, without actors, database or clock.
template <decider Decider, class... Events>
[[nodiscard]] history<Decider> given(Events... past) {
  static_assert(check_decider<Decider>::passed);
  return history<Decider>{{std::move(past)...}};
}

/// An event with its circumstances, for projected; see recorded.
template <class Event>
struct recorded_as {
  Event happened;
  timestamp at;
  provenance from;
};

/// recorded(deposited{…}, time, {command_id, {}, {}}): for a projection that
/// asks when an event was recorded or who asked for it. Without it events are
/// recorded at the beginning of 1970, by nobody.
template <event Event>
[[nodiscard]] recorded_as<Event>
recorded(Event happened, timestamp at, const provenance& from = {}) {
  return {std::move(happened), at, from};
}

/// projected<balances>("account-42", deposited{…}, …).then("42", {…}): the
/// documents that a projection makes of one stream's events, through the
/// codec as when it runs.
template <projection Projection>
class projected_documents {
public:
  projected_documents(verdict checked,
                      std::vector<detail::keyed_document> documents)
    : checked_{std::move(checked)}, documents_{std::move(documents)} {}

  /// The document with this key is as expected.
  [[nodiscard]] verdict
  then(std::string_view key,
       const typename Projection::document& expected) const {
    if (!checked_)
      return checked_;
    for (const auto& [found, data] : documents_)
      if (found == key)
        return decode<typename Projection::document>(data) == expected
                 ? verdict::passed()
                 : verdict::failed("document " + found + " is " + data);
    return verdict::failed("there is no document " + std::string{key});
  }

  /// No document came of the events.
  [[nodiscard]] verdict nothing() const {
    if (!checked_ || documents_.empty())
      return checked_;
    return verdict::failed("there is a document " + documents_.front().key);
  }

private:
  verdict checked_;
  std::vector<detail::keyed_document> documents_;
};

template <projection Projection, class... Events>
[[nodiscard]] projected_documents<Projection>
projected(std::string_view stream, Events... happened) {
  static_assert(check_projection<Projection>::passed);
  const auto name = parse_stream_name(stream);
  if (!name)
    return {verdict::failed(name.error().message), {}};
  std::vector<recorded_event> log;
  const auto store = [&]<class Event>(const recorded_as<Event>& event) {
    recorded_event stored;
    stored.at = position{static_cast<std::int64_t>(log.size() + 1)};
    stored.at_version = version{stored.at.value()};
    stored.stream = *name;
    stored.type = Event::event_name;
    stored.schema_version = Event::schema_version;
    stored.recorded_at = event.at;
    stored.from = event.from;
    stored.data = encode(event.happened).value_or("");
    log.push_back(std::move(stored));
  };
  const auto record = [&]<class Event>(const Event& event) {
    if constexpr (cafes::event<Event>)
      store(recorded_as<Event>{event, {}, {}});
    else
      store(event);
  };
  (record(happened), ...);
  const auto fold = detail::make_projection_type<Projection>().start_page();
  for (const auto& stored : log) {
    const auto read = fold->read(stored);
    if (read.failed)
      return {verdict::failed(read.failed->message), {}};
    if (read.key)
      fold->take();
  }
  std::atomic<const recorded_event*> at{nullptr};
  if (const auto failed = fold->fold(at))
    return {verdict::failed(failed->message), {}};
  return {verdict::passed(), fold->changed()};
}

} // namespace cafes
