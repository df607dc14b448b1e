// SPDX-License-Identifier: MIT
#pragma once

#include "store/append.hpp"

#include <cafes/recorded_event.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace cafes::store {

/// Part of a stream. `id` is 0 and `events` empty for an unknown stream.
struct stream_slice {
  stream_id id;
  std::vector<recorded_event> events;
};

/// Reads what is committed, beside the writer and without disturbing it.
/// A lost connection is opened again on the next call.
/// Thread: one at a time; every function blocks.
/// Errors of all: unavailable (later), corrupt.
class log_reader {
public:
  virtual ~log_reader() = default;

  /// Events of a stream from a version on, in order of version.
  /// Limits: `limit` is 1 to limits::page_events_max; fewer events than the
  /// limit means the end of the stream.
  [[nodiscard]] virtual expected<stream_slice>
  read_stream(const stream_name& stream, version from, std::size_t limit) = 0;

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
