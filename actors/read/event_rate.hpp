// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>

namespace cafes::actors {

/// How many events a second came in the last ten, from a count that grows.
/// Plain data. Thread: one at a time.
class event_rate {
public:
  using clock = std::chrono::steady_clock;

  /// The count was seen there. Looks are kept for ten seconds, four a second;
  /// a count that falls is another one.
  void seen(std::int64_t count, clock::time_point when);

  /// 0 while it is not known.
  [[nodiscard]] double per_second(clock::time_point now) const;

  void clear() { looks_.clear(); }

private:
  struct look {
    std::int64_t count = 0;
    clock::time_point when;
  };

  std::deque<look> looks_;
  look last_;
};

} // namespace cafes::actors
