// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>

namespace cafes {

/// How a projection deals with events that it cannot apply, and with memory.
struct projection_options {
  /// Nothing is set aside: the projection pauses at the first event that it
  /// cannot apply.
  bool strict = false;
  /// Events set aside at the same time; one more, and the projection pauses.
  std::size_t parked_max = 1'000;
  /// How long `key` or `apply` may take over one event, at least 1 ms. What
  /// takes longer is set aside, and its thread is left to itself.
  std::chrono::milliseconds handler_time_max{10'000};
  /// Documents last written, kept in memory so that they need not be loaded
  /// when they are to be changed again. 0 keeps none.
  std::size_t cache_bytes_max = 32 * 1024 * 1024;
  /// All documents are kept in memory, where queries of this process read them
  /// without the store; they are stored once a second, and whoever starts next
  /// goes on from there. A query that asks for a position waits as always.
  /// Other processes read what is stored.
  bool in_memory = false;
  /// Of documents kept in memory, near enough; above it the projection fails
  /// and is paused in the end.
  std::size_t memory_bytes_max = 256 * 1024 * 1024;
};

} // namespace cafes
