// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>

namespace cafes::bench {

using seconds = std::chrono::duration<double>;

/// How much of everything a run measures.
struct run_plan {
  seconds round{3};
  seconds warm_up{1};
  std::size_t rounds = 3;
  /// Accounts that are opened before the timing.
  std::size_t accounts = 20'000;
  /// Aggregates in memory at the same time, and the budget that is set for
  /// them in the second figure.
  std::size_t resident_aggregates = 1'000'000;
  std::size_t resident_budget = 100'000;
  /// Events stored before `growth` measures.
  std::size_t growth_first = 1'000'000;
  std::size_t growth_second = 5'000'000;
  /// Streams that a round of `cold_command` can touch, each once.
  std::size_t cold_streams = 20'000;
  /// Events that `catch_up_memory` reads.
  std::size_t catch_up_events = 1'000'000;
  /// Commands per second of the open loop; 0 is the closed loop.
  double rate = 0;
  std::filesystem::path program;

  /// For a smoke test: it says that the bench works, not how fast we are.
  static run_plan quick() {
    run_plan small;
    small.round = seconds{0.5};
    small.warm_up = seconds{0.2};
    small.rounds = 1;
    small.accounts = 2'000;
    small.resident_aggregates = 20'000;
    small.resident_budget = 2'000;
    small.growth_first = 20'000;
    small.growth_second = 50'000;
    small.cold_streams = 2'000;
    small.catch_up_events = 50'000;
    return small;
  }
};

} // namespace cafes::bench
