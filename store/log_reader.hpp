// SPDX-License-Identifier: MIT
#pragma once

#include "store/append.hpp"
#include "store/snapshot.hpp"

#include <cafes/recorded_event.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cafes::store {

/// Part of a stream. `id` is 0 and `events` empty for an unknown stream.
struct stream_slice {
  stream_id id;
  std::vector<recorded_event> events;
};

/// A stream to be folded, and by what its snapshot would have to be readable.
struct recovery_request {
  stream_name stream;
  /// Empty: no snapshot is wanted.
  std::string fingerprint;
};

/// What a stream is folded from: the snapshot, then the events after it; all
/// events if there is none. `id` is 0 for an unknown stream.
struct recovered_stream {
  stream_id id;
  /// With the wanted fingerprint.
  std::optional<stored_snapshot> snapshot;
  /// There is a snapshot, of another fingerprint: not loaded.
  bool foreign_snapshot = false;
  std::vector<recorded_event> events;
};

/// Reads what is committed, beside the writer and without disturbing it.
/// A lost connection is opened again on the next call.
/// Thread: one at a time; every function blocks.
/// Errors of all: unavailable (later), corrupt; limit_exceeded (ask for less).
class log_reader {
public:
  virtual ~log_reader() = default;

  /// Events of a stream from a version on, in order of version.
  /// Limits: `limit` is 1 to limits::page_events_max; fewer events than the
  /// limit means the end of the stream.
  [[nodiscard]] virtual expected<stream_slice>
  read_stream(const stream_name& stream, version from, std::size_t limit) = 0;

  /// What is needed to fold several streams, in the order of the requests,
  /// which may repeat a stream. Snapshot and events of a stream are of one
  /// moment, and the events follow the snapshot without a gap.
  /// Limits: limits::recovery_streams_max streams; `events_max` is 1 to
  /// limits::page_events_max for each, and fewer events than that mean the
  /// end of the stream: read_stream continues.
  [[nodiscard]] virtual expected<std::vector<recovered_stream>>
  recover(std::span<const recovery_request> streams, std::size_t events_max)
    = 0;

  /// Events after a position, in order of position, without gaps.
  /// Limits as read_stream. What is returned once is never preceded later.
  [[nodiscard]] virtual expected<std::vector<recorded_event>>
  read_log(position after, std::size_t limit) = 0;

  /// The last stored position; 0 in an empty log.
  [[nodiscard]] virtual expected<position> head() = 0;

  /// Where the events of a command stand in a stream, if they are there.
  [[nodiscard]] virtual expected<std::optional<appended>>
  find_command(const stream_name& stream, const uuid& command_id) = 0;
};

} // namespace cafes::store
