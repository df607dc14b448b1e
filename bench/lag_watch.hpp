// SPDX-License-Identifier: MIT
#pragma once

#include "bench/latency_histogram.hpp"

#include <cafes/runtime.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <thread>

namespace cafes::bench {

/// How far the views were behind.
struct lag_report {
  /// Of each event, from when its commit was known until all views held it.
  std::shared_ptr<latency_histogram> times
    = std::make_shared<latency_histogram>();
  std::int64_t events_max = 0;
};

/// Looks at head and checkpoints of a service five thousand times a second,
/// from a thread of its own. Where both moved between two looks, both are seen
/// late by as much. Thread: the one that made it.
class lag_watch {
public:
  /// The views hold all that is stored now. The service outlives the watch.
  explicit lag_watch(const runtime& service);

  /// Waits until the views hold all that is stored then.
  lag_report finish();

private:
  using clock = std::chrono::steady_clock;

  /// Events that were committed together, as far as one could see.
  struct commit {
    position last;
    std::int64_t events = 0;
    clock::time_point seen;
  };

  void watch(const std::stop_token& stop);
  void look();

  const runtime& service_;
  position head_;
  std::deque<commit> waiting_;
  lag_report report_;
  std::jthread thread_;
};

} // namespace cafes::bench
