// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/one_of.hpp>

#include <concepts>
#include <initializer_list>
#include <optional>
#include <utility>
#include <vector>

namespace cafes {

/// Any one event of a decider.
template <class Decider>
using event_of = typename Decider::events::variant;

/// What `decide` answers: events to store, nothing to do, or a refusal with
/// its reason. A refusal is an answer of the domain, not an error.
template <class Decider, class Refusal>
class [[nodiscard]] decision {
public:
  using refusal_type = Refusal;

  /// One event.
  template <class Event>
    requires(Decider::events::template has<Event>)
  decision(Event happened) { // NOLINT(google-explicit-constructor): `return e;`
    events_.emplace_back(std::move(happened));
  }

  /// Several events, stored together or not at all.
  decision(std::initializer_list<event_of<Decider>> happened)
    : events_{happened} {}

  /// Several events computed one by one.
  static decision all(std::vector<event_of<Decider>> happened) {
    decision made;
    made.events_ = std::move(happened);
    return made;
  }

  /// Accepted, and nothing changes.
  static decision nothing() { return decision{}; }

  /// Refused.
  static decision refuse(Refusal reason) {
    decision made;
    made.refusal_ = reason;
    return made;
  }

  [[nodiscard]] const std::vector<event_of<Decider>>& events() const& {
    return events_;
  }

  [[nodiscard]] std::vector<event_of<Decider>> events() && {
    return std::move(events_);
  }

  [[nodiscard]] const std::optional<Refusal>& refusal() const {
    return refusal_;
  }

private:
  decision() = default;

  std::vector<event_of<Decider>> events_;
  std::optional<Refusal> refusal_;
};

} // namespace cafes
