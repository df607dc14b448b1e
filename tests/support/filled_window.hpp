// SPDX-License-Identifier: MIT
#pragma once

#include "actors/react/reaction_window.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// A reaction window, and what a reactor does with it.

namespace cafes::test::react {

using tested = actors::reaction_window;

inline const tested::time_point start{std::chrono::hours{1}};

inline const tested::failure refused{parking_reason::handler, "refused", false};
inline const tested::failure hangs{parking_reason::handler, "it hangs", true};

[[nodiscard]] inline tested::rules quick_rules(int attempts_max = 3) {
  tested::rules rules;
  rules.attempts_max = attempts_max;
  rules.pauses = {std::chrono::seconds{1}, std::chrono::seconds{4}};
  return rules;
}

[[nodiscard]] inline recorded_event event_at(std::int64_t at,
                                             const std::string& stream = "1") {
  recorded_event event;
  event.at = position{at};
  event.stream = {"tally", stream};
  event.data = "{}";
  return event;
}

[[nodiscard]] inline tested::read_event of_key(const std::string& key) {
  return {key, {}};
}

/// A window on events of the keys named, "" for one that is left out.
struct filled_window {
  explicit filled_window(const std::vector<std::string>& keys,
                         const tested::rules& rules = quick_rules(),
                         actors::parked_keys parked = {})
    : all{rules, position{0}, std::move(parked)} {
    for (const auto& key : keys)
      BOOST_REQUIRE(!add(key));
  }

  tested::reason add(const std::string& key) {
    return all.add(event_at(all.end().value() + 1),
                   key.empty() ? tested::read_event{} : of_key(key));
  }

  /// Positions that may be reacted to now, in order; all under way then.
  std::vector<std::int64_t> start_all(tested::time_point now = start) {
    std::vector<std::int64_t> begun;
    while (const auto order = all.next(now))
      begun.push_back(order->event->at.value());
    return begun;
  }

  /// Reacts to what may be reacted to now; nothing fails.
  std::vector<std::int64_t> react(tested::time_point now = start) {
    std::vector<std::int64_t> reacted;
    while (const auto order = all.next(now)) {
      reacted.push_back(order->event->at.value());
      all.done(order->event->at);
    }
    return reacted;
  }

  tested::reason fail(std::int64_t at, const tested::failure& what = refused,
                      tested::time_point now = start) {
    return all.failed(position{at}, what, now, 0);
  }

  /// Fails what is next, as often as it may be tried.
  tested::reason fail_for_good(tested::time_point now = start) {
    for (;;) {
      const auto order = all.next(now);
      BOOST_REQUIRE(order.has_value());
      const bool is_last = order->attempt == 3;
      auto why = all.failed(order->event->at, refused, now, 0);
      if (is_last)
        return why;
      now += std::chrono::hours{1};
    }
  }

  /// Stores what is to be stored.
  tested::advance store() {
    const auto moved = all.to_store();
    BOOST_REQUIRE(moved.has_value());
    all.stored(*moved);
    return *moved;
  }

  /// Has all that wait with a key tried again.
  void wish(const std::string& key, parked_wish wish) {
    std::vector<tested::again> again;
    for (const auto& was : all.parked_of(key, false))
      again.push_back(
        {was, std::make_shared<const recorded_event>(event_at(was.at.value())),
         of_key(key)});
    all.try_again(again, wish);
  }

  tested all;
};

[[nodiscard]] inline std::vector<std::int64_t>
positions(const std::vector<parked_event>& parked) {
  std::vector<std::int64_t> found;
  for (const auto& event : parked)
    found.push_back(event.at.value());
  return found;
}

} // namespace cafes::test::react
