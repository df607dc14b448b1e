// SPDX-License-Identifier: MIT
#pragma once

#include "store/append_plan.hpp"
#include "store/log_reader.hpp"

#include <cafes/detail/aggregate_type.hpp>
#include <cafes/status.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace cafes::store {

/// What taking a log gives: how often it was taken, by whom the last time,
/// where it ends, and the highest stream number stored.
struct ownership {
  epoch taken;
  std::string previous_owner;
  position head;
  stream_id last_stream;
};

/// Who stands where in the log: enough to recognise one's own events.
struct event_mark {
  position at;
  stream_id stream;
  version at_version;
  uuid command_id;
  timestamp recorded_at{};

  bool operator==(const event_mark&) const = default;
};

/// How one write ended.
namespace written {
/// Committed and durable.
struct stored {};
/// Nothing stored: a stream, or a version of it, is there already.
struct stream_conflict {};
/// Nothing stored: somebody else wrote a planned position.
struct position_taken {};
/// Nothing stored: the store refuses this content; `why` is the sender's
/// error if the write held one append only.
struct refused {
  error why;
};
/// The connection broke; stored or not, nobody knows.
struct lost {
  error why;
};
} // namespace written

using write_result
  = std::variant<written::stored, written::stream_conflict,
                 written::position_taken, written::refused, written::lost>;

/// What a backend must be able to do for the log writer session, which holds
/// the logic that all backends share. Nothing here retries or reconnects but
/// `take`. Thread: one at a time; every function blocks.
class log_connection {
public:
  virtual ~log_connection() = default;

  /// Connects afresh (ending what is left of an earlier connection of this
  /// object, on the server too), takes the log's lock, raises its epoch and
  /// stores `owner`. Waits up to `wait` for another owner.
  /// Errors: not_owner (the message names the owner), unavailable.
  [[nodiscard]] virtual expected<ownership>
  take(const std::string& owner, std::chrono::milliseconds wait) = 0;

  /// As log_writer_session::register_types.
  [[nodiscard]] virtual expected<std::vector<type_id>>
  register_types(std::span<const detail::event_type> types) = 0;

  /// The streams among these names that exist, with their current version.
  /// Errors: unavailable (the connection is lost).
  [[nodiscard]] virtual expected<known_streams>
  find_streams(std::span<const stream_name> names) = 0;

  /// Where a command's events stand in a stream.
  /// Errors: unavailable (the connection is lost).
  [[nodiscard]] virtual expected<std::optional<appended>>
  find_command(stream_id stream, const uuid& command_id) = 0;

  /// Writes a plan's new streams and rows in one transaction, made durable.
  [[nodiscard]] virtual write_result write(const append_plan& plan) = 0;

  /// The events after a position, at most `limit`.
  /// Errors: unavailable (the connection is lost).
  [[nodiscard]] virtual expected<std::vector<event_mark>>
  marks_after(position after, std::size_t limit) = 0;
};

} // namespace cafes::store
