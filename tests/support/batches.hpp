// SPDX-License-Identifier: MIT
#pragma once

#include "actors/messages.hpp"

#include <memory>
#include <utility>
#include <vector>

namespace cafes::test {

/// Committed events with these positions.
[[nodiscard]] inline actors::committed_batch batch(int first, int last) {
  std::vector<recorded_event> events;
  for (int at = first; at <= last; ++at) {
    recorded_event event;
    event.at = position{at};
    event.stream = {"tally", "1"};
    event.at_version = version{at};
    event.type = "tally.added";
    event.schema_version = 1;
    event.data = "{}";
    events.push_back(std::move(event));
  }
  return std::make_shared<const std::vector<recorded_event>>(std::move(events));
}

[[nodiscard]] inline std::vector<int> positions(const actors::log_page& page) {
  std::vector<int> at;
  for (const auto* event : page.events)
    at.push_back(static_cast<int>(event->at.value()));
  return at;
}

} // namespace cafes::test
