// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/position.hpp>
#include <cafes/status.hpp>

#include <chrono>
#include <deque>

namespace cafes::actors {

/// How fast a build comes to where the live one is, from what was seen of it.
/// Plain data. Thread: one at a time.
class rebuild_progress {
public:
  using clock = std::chrono::steady_clock;

  /// It was seen there. Looks of the last ten seconds are kept, four a second.
  void seen(int build, position at, clock::time_point when);

  /// Adds rate, and the time left until it is at `until` if that does not
  /// move.
  void show(position until, rebuild_status& shown) const;

private:
  struct look {
    position at;
    clock::time_point when;
  };

  int build_ = 0;
  std::deque<look> looks_;
  look last_;
};

} // namespace cafes::actors
