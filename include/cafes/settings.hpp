// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace cafes {

/// How stored payloads are typed in PostgreSQL. Chosen when a store is
/// created; SQLite and memory always keep the text byte for byte.
enum class payload_format {
  /// Normalised and indexable; values survive, not spaces or key order.
  jsonb,
  /// Kept byte for byte: appends +14 %, reads twice as fast, less to query.
  json,
};

/// What a runtime needs to know. Each field has a default that is right for
/// most, its unit in its type or name, and its effect.
struct settings {
  /// `sqlite:PATH`, `memory:`, `postgresql://…` or a libpq conninfo. The
  /// PostgreSQL forms reach libpq untouched.
  std::string store = "sqlite:cafes.db";
  /// Used when a store is created, ignored afterwards.
  payload_format payload = payload_format::jsonb;

  /// How long start waits for another process to give up the log.
  std::chrono::milliseconds ownership_wait{10'000};
  /// How long an append whose outcome is unknown is looked for in a store
  /// that does not answer, before its callers hear `outcome_unknown`.
  std::chrono::milliseconds in_doubt_max{30'000};
  /// A command that has not been decided this long after it was sent is
  /// answered `deadline_exceeded`; send options can shorten or lengthen it.
  std::chrono::milliseconds command_timeout{30'000};

  /// Commands, and their bytes, between `send` and answer; above either,
  /// `overloaded` at once.
  std::size_t commands_in_flight_max = 10'000;
  std::size_t command_bytes_in_flight_max = 64 * 1024 * 1024;
  /// Decisions of one aggregate on their way to the log: it decides ahead of
  /// the log by so many commands, and answers when they are durable. At most
  /// half of limits::command_window_max.
  std::size_t aggregate_in_flight_max = 500;
  /// Commands that wait at one aggregate beyond these; above it, `overloaded`.
  std::size_t aggregate_queue_max = 1024;

  /// Aggregates in memory, and the bytes they may take (estimated: 2 KiB each
  /// and 40 bytes for each command id that they remember). Above either the
  /// least recently used leave memory; those at work stay, so
  /// commands_in_flight_max may come on top.
  std::size_t live_aggregates_max = 100'000;
  std::size_t live_aggregate_bytes_max = 512 * 1024 * 1024;
  /// An aggregate without a command for this long leaves memory.
  std::chrono::milliseconds passivate_after{600'000};

  /// Reader sessions that recover aggregates: recoveries at the same time.
  std::size_t recovery_readers = 2;
  /// Snapshots on their way to the store, at most limits::snapshots_max; above
  /// it one is skipped and taken later.
  std::size_t snapshots_in_flight_max = 64;

  /// Newest committed events kept in memory for projections; and a quarter as
  /// much of older ones that were read from the store for one of them, for
  /// those that come after it.
  std::size_t feed_bytes_max = 64 * 1024 * 1024;
  /// Watches of views at the same time; above it, `overloaded`.
  std::size_t watches_max = 1'000;
  /// Events a projection applies at once, at most limits::page_events_max; up
  /// to 32 times as many, of those in memory, while it is behind.
  std::size_t page_events_max = 500;
  /// How often a projection looks for events without having been told.
  std::chrono::milliseconds poll_interval{1'000};
  /// Pause before a failed projection starts again: doubled from the first
  /// to the second, with jitter.
  std::chrono::milliseconds restart_pause_min{3'000};
  std::chrono::milliseconds restart_pause_max{30'000};
  /// A projection that is behind and has not moved for this long is told in the
  /// log, whatever the cause; at least 1 ms.
  std::chrono::milliseconds stuck_after{60'000};

  /// How long stop waits for commands under way.
  std::chrono::milliseconds stop_timeout{10'000};
};

} // namespace cafes
