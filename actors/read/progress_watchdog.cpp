// SPDX-License-Identifier: MIT
#include "actors/read/progress_watchdog.hpp"

#include "actors/journal.hpp"
#include "actors/messages.hpp"

#include <caf/event_based_actor.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace cafes::actors {

namespace {

constexpr std::chrono::milliseconds shortest_pulse{10};
constexpr int looks_until_stuck = 4;

std::string describe_stuck(const projection_status& seen) {
  return fmt::format(
    "{}@{} has not moved for {} s and is {} events behind ({}"
    "{}{})",
    seen.name, seen.checkpoint.value(), seen.stuck_for.count() / 1'000,
    seen.lag_events, to_string(seen.phase),
    seen.last_error.empty() ? "" : "; last failure: ", seen.last_error);
}

} // namespace

std::vector<progress_watchdog::finding>
progress_watchdog::look(const std::vector<projection_status>& projections) {
  std::vector<finding> found;
  for (const auto& each : projections)
    if (each.stuck_for >= stuck_after_) {
      if (stuck_.insert(each.name).second)
        found.push_back({true, describe_stuck(each)});
    } else if (stuck_.erase(each.name) > 0) {
      found.push_back({false, fmt::format("{}@{} moves again", each.name,
                                          each.checkpoint.value())});
    }
  return found;
}

caf::behavior progress_watchdog_actor(
  caf::event_based_actor* self,
  std::function<std::vector<projection_status>()> projections,
  std::chrono::milliseconds stuck_after) {
  const auto pulse = std::max(stuck_after / looks_until_stuck, shortest_pulse);
  const auto watchdog = std::make_shared<progress_watchdog>(stuck_after);
  self->delayed_send(self, pulse, look_at_clock{});
  return {[=, projections = std::move(projections)](look_at_clock) {
    for (const auto& [is_stuck, text] : watchdog->look(projections()))
      if (is_stuck)
        journal().error("{}", text);
      else
        journal().info("{}", text);
    self->delayed_send(self, pulse, look_at_clock{});
  }};
}

} // namespace cafes::actors
