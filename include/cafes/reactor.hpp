// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/expected.hpp>
#include <cafes/projection.hpp>

#include <concepts>
#include <optional>
#include <string>
#include <string_view>

namespace cafes {

/// One attempt to react to an event.
struct reaction {
  const event_context& where;
  /// "NAME:LOG:POSITION": the same at every attempt, whenever it is, and of no
  /// other event. For the receiver, who is to ignore what it has seen.
  std::string_view idempotency_key;
  /// From 1; counted anew after a restart, and by a wish to retry it.
  int attempt = 1;
};

namespace detail {

template <class Reactor, class Event>
concept reacts
  = requires(Reactor& reactor, const reaction& about, const Event& happened) {
  { reactor.react(about, happened) } -> std::same_as<expected<void>>;
};

template <class Reactor, class Event>
struct check_reacted {
  static_assert(event<Event>,
                "cafes: this event has no CAFES_EVENT(name, version, fields…)");
  static_assert(keys<Reactor, Event>,
                "cafes: the reactor has no static std::string key(const "
                "event_context&, const Event&) for this event; it may return "
                "std::optional<std::string> to leave events out");
  static_assert(reacts<Reactor, Event>,
                "cafes: the reactor has no expected<void> react(const "
                "reaction&, const Event&) for this event");
  static constexpr bool passed = true;
};

template <class Reactor, class List>
struct check_all_reacted;
template <class Reactor, class... Events>
struct check_all_reacted<Reactor, one_of<Events...>> {
  static constexpr bool passed = (check_reacted<Reactor, Events>::passed
                                  && ...);
};

} // namespace detail

/// Has effects outside for events: an e-mail, a line in a file, a request.
/// `name` is that of a projection, and unlike those of all projections.
///
/// `key` is static and pure, and says whose an event is: events of one key are
/// reacted to one after the other, in the order of the log; those of different
/// keys at the same time. nullopt leaves an event out.
/// `react` has the effect. It is called by several threads at the same time,
/// for different keys. It returns a failure, or throws, when it is to be tried
/// again later.
///
/// At least once: after a crash those under way are reacted to again, with the
/// idempotency key that they had. A reactor folds nothing, so there is no
/// version of it and nothing to rebuild: no rebuild ever calls it.
template <class Type>
concept reactor = requires {
  { Type::name } -> std::convertible_to<std::string_view>;
  typename Type::events;
};

/// Fails to compile with a sentence naming the missing function.
template <reactor Reactor>
struct check_reactor {
  static constexpr bool passed
    = detail::check_all_reacted<Reactor, typename Reactor::events>::passed;
};

} // namespace cafes
