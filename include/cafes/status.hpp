// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/position.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cafes {

/// What follows the log.
enum class projection_kind {
  /// A projection: builds a view.
  view,
  /// Has effects outside.
  reactor,
};

[[nodiscard]] std::string_view to_string(projection_kind kind);

enum class projection_phase {
  /// Finds its checkpoint.
  starting,
  running,
  /// Another process runs it, and this one reads its view; or it is a reactor,
  /// and this process only reads.
  elsewhere,
  /// Failed; waits for its next start.
  pausing,
  /// Stands still until it is resumed; projection_status::paused says why.
  paused,
  stopped,
};

[[nodiscard]] std::string_view to_string(projection_phase phase);

/// A build of a view on its way to replace the live one.
struct rebuild_status {
  int build = 0;
  position checkpoint;
  /// Made now; otherwise kept, to be gone on with when somebody asks for it.
  bool is_under_way = false;
  /// It was live before: a roll back.
  bool goes_back = false;
  /// In the last ten seconds, by whoever looks; 0 while that is not known.
  double events_per_second = 0;
  /// Until it is where the live build is now, at that rate.
  std::optional<std::chrono::seconds> remaining;
};

/// How far a projection or a reactor is. Lag in events is exact: positions have
/// no gaps.
struct projection_status {
  std::string name;
  int version = 0;
  projection_kind kind = projection_kind::view;
  projection_phase phase = projection_phase::starting;
  position checkpoint;
  std::int64_t lag_events = 0;
  /// How long the oldest event it has not applied has been waiting.
  std::chrono::milliseconds lag_time{0};
  /// For how long it has been seen to be behind and not to move, by those who
  /// looked at its status; 0 while it is paused. A projection that never fails
  /// and never moves is noticed by this alone.
  std::chrono::milliseconds stuck_for{0};
  /// Events that it has come past: applied or reacted to, parked, or of no
  /// interest to it.
  std::uint64_t events_applied = 0;
  /// Of these in the last ten seconds; 0 where another process runs it.
  double events_per_second = 0;
  std::uint64_t restarts = 0;
  /// The last failure with its position; stays visible after a restart.
  std::string last_error;
  /// Why it is paused; empty while it is not.
  std::string paused;
  /// Events set aside, see parked_event.
  std::int64_t parked = 0;
  /// The build that is queried, from 1; 0 while that is not known.
  int build = 0;
  /// The build before is still there.
  bool can_roll_back = false;
  std::optional<rebuild_status> rebuild;
  /// Why the last rebuild or roll back stopped short; empty if it did not.
  std::string rebuild_stopped;
};

/// What a runtime is doing now.
struct runtime_status {
  position head;
  cafes::epoch epoch;
  std::size_t commands_in_flight = 0;
  std::size_t aggregates_live = 0;
  /// Aggregates that left memory and may come back.
  std::uint64_t aggregates_passivated = 0;
  std::uint64_t commands_accepted = 0;
  std::uint64_t commands_rejected = 0;
  std::uint64_t commands_failed = 0;
  std::uint64_t batches_written = 0;
  std::uint64_t conflicts = 0;
  std::uint64_t snapshots_written = 0;
  /// Damaged, or of another program's state: read past, never trusted.
  std::uint64_t snapshots_ignored = 0;
  /// Not taken because too many were under way, or not stored.
  std::uint64_t snapshots_skipped = 0;
  std::vector<projection_status> projections;
};

/// What a store holds.
struct store_summary {
  /// "memory", "sqlite" or "postgresql".
  std::string backend;
  /// Where it is, without secrets.
  std::string place;
  int schema_version = 0;
  std::string payload;
  std::int64_t streams = 0;
  std::int64_t events = 0;
  position head;
  cafes::epoch epoch;
  /// The last process that owned the log.
  std::string owner;

  struct event_type {
    std::string name;
    int schema_version = 0;
    std::string shape;
  };

  std::vector<event_type> event_types;
};

} // namespace cafes
