// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/status.hpp>

#include <caf/behavior.hpp>
#include <caf/fwd.hpp>

#include <chrono>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace cafes::actors {

/// Notices projections that are behind and do not move, whatever the cause:
/// on their progress, since lag alone is high also where all is well. Plain
/// data, no actor. Thread: one at a time.
class progress_watchdog {
public:
  explicit progress_watchdog(std::chrono::milliseconds stuck_after)
    : stuck_after_{stuck_after} {}

  struct finding {
    /// Otherwise it moves again.
    bool is_stuck = false;
    std::string text;
  };

  /// What there is to say, once for each time that one stands still.
  [[nodiscard]] std::vector<finding>
  look(const std::vector<projection_status>& projections);

private:
  std::chrono::milliseconds stuck_after_;
  std::set<std::string> stuck_;
};

/// Looks and writes its findings into the log. On a thread of its own, since a
/// look may have to ask the store.
[[nodiscard]] caf::behavior progress_watchdog_actor(
  caf::event_based_actor* self,
  std::function<std::vector<projection_status>()> projections,
  std::chrono::milliseconds stuck_after);

} // namespace cafes::actors
