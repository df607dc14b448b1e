// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>

namespace cafes {

/// Where a reactor begins when it is started for the very first time. Later it
/// goes on where it was, whatever this says.
enum class start_at {
  /// Behind what is in the log when the runtime starts: switching on a mailer
  /// does not mail the past.
  end,
  beginning,
};

/// How a reactor works, and how it deals with events that it cannot react to.
struct reactor_options {
  start_at begin = start_at::end;
  /// Reactions at the same time, of different keys; 1 to 64. Each takes two
  /// threads.
  std::size_t concurrency = 4;
  /// How often an event is tried, from 1, before it is set aside with the later
  /// ones of its key.
  int attempts_max = 10;
  /// Pause before an event is tried again: doubled from the first to the
  /// second, with jitter; from 1 ms to a day.
  std::chrono::milliseconds pause_min{1'000};
  std::chrono::milliseconds pause_max{60'000};
  /// How long `key` or `react` may take over one event, at least 1 ms. What
  /// takes longer is set aside at once, and its thread is left to itself: give
  /// what you wait for a shorter time-out of its own.
  std::chrono::milliseconds handler_time_max{10'000};
  /// Events set aside at the same time, at most 1,000; one more, and the
  /// reactor pauses.
  std::size_t parked_max = 1'000;
  /// Nothing is set aside: the reactor pauses at the first event that it cannot
  /// react to.
  bool strict = false;
};

} // namespace cafes
