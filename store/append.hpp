// SPDX-License-Identifier: MIT
#pragma once

#include "store/expected_version.hpp"

#include <cafes/expected.hpp>
#include <cafes/recorded_event.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace cafes::store {

/// Number of a stream in its log, given by the log's owner; 0 is none yet.
using stream_id = ordinal<struct stream_id_kind>;

/// Number of a registered event type; 0 is none.
using type_id = ordinal<struct type_id_kind>;

/// An event to be stored.
struct new_event {
  type_id type;
  /// JSON text, 1 to limits::payload_bytes_max bytes.
  std::string data;
  /// JSON text or empty.
  std::string metadata;
};

/// The events of one command for one stream: stored together or not at all.
struct append_request {
  stream_name stream;
  expected_version expected = expected_version::any();
  /// The sender has loaded the stream through this store, and `expected` is
  /// where its own appends under way will have brought it: it cannot be too
  /// high if they are stored, so the unique key is check enough. Without this
  /// the current version is read first.
  bool loaded = false;
  /// The sender knows on its own thread that check_append has nothing against
  /// it, by running it, or by check_extent where `encode` made the texts: it is
  /// not looked at again.
  bool checked = false;
  /// The stream's number if the sender knows it from loading, or has drawn it
  /// from stream_numbers for a stream that does not exist; else 0.
  stream_id id;
  provenance from;
  /// 1 to limits::append_events_max.
  std::vector<new_event> events;
};

/// Where the events of an append stand.
struct appended {
  stream_id id;
  version first_version;
  version last_version;
  position first_position;
  position last_position;
  timestamp recorded_at{};
  /// The command id was stored before at this place: nothing new was written.
  bool repeated = false;

  bool operator==(const appended&) const = default;
};

/// Errors: version_conflict (load the stream and decide again),
/// limit_exceeded, invalid_argument (these events cannot be stored).
using append_outcome = expected<appended>;

} // namespace cafes::store
