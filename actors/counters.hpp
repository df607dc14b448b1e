// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>

namespace cafes::actors {

/// What the actors count, for status and metrics. Thread: any.
struct counters {
  std::atomic<std::int64_t> head{0};
  /// False while `head` may be behind the log: an append is in doubt, or the
  /// log is another owner's.
  std::atomic<bool> head_known{true};
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> rejected{0};
  std::atomic<std::uint64_t> failed{0};
  std::atomic<std::uint64_t> batches{0};
  std::atomic<std::uint64_t> conflicts{0};
  std::atomic<std::size_t> aggregates{0};
  /// What the live aggregates take, estimated.
  std::atomic<std::size_t> aggregate_bytes{0};
  std::atomic<std::uint64_t> passivated{0};
  std::atomic<std::uint64_t> snapshots_written{0};
  std::atomic<std::uint64_t> snapshots_ignored{0};
  std::atomic<std::uint64_t> snapshots_skipped{0};
  std::atomic<std::size_t> snapshots_in_flight{0};
};

} // namespace cafes::actors
