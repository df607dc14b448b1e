// SPDX-License-Identifier: MIT
#pragma once

#include "tests/simulation/choices.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace cafes::test {

/// Under what a simulation runs. Rates are in 10,000: of calls of the store,
/// of steps of the simulation, or of commands.
struct conditions {
  // -- calls of the store that go wrong -----------------------------------
  int cut_before_write = 0;
  int lost_before_effect = 0;
  int lost_after_effect = 0;
  /// The server goes on with it when the connection is gone.
  int lost_with_late_effect = 0;
  int stream_conflict = 0;
  int position_taken = 0;
  int take_fails = 0;
  int look_fails = 0;
  int read_fails = 0;
  int keep_fails = 0;

  // -- what may happen at any step ------------------------------------------
  int crash = 0;
  int stop = 0;
  int outage = 0;
  int other_owner = 0;
  int time_over = 0;
  int snapshot_spoilt = 0;
  /// Snapshots may know only the newest command ids.
  bool short_windows = false;

  // -- the callers ------------------------------------------------------------
  std::size_t commands = 0;
  std::size_t burst_max = 1;
  std::size_t keys = 1;
  int poisoned = 0;
  int repeated = 0;
  int anonymous = 0;
  int sends = 0;

  // -- the runtime
  // --------------------------------------------------------------
  std::size_t in_flight_max = 1;
  std::size_t queue_max = 1;
  std::size_t live_max = 1;
  std::chrono::milliseconds idle_max{0};
  std::int64_t snapshot_every = 0;
  std::size_t snapshots_in_flight_max = 1;
  std::size_t readers = 1;
};

/// Some of all that can go wrong, seldom all: many bugs need a fault to be
/// frequent and the others to be away.
[[nodiscard]] conditions draw_conditions(choices& by);

} // namespace cafes::test
