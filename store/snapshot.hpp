// SPDX-License-Identifier: MIT
#pragma once

#include "store/append.hpp"

#include <cafes/expected.hpp>
#include <cafes/position.hpp>

#include <cstddef>
#include <span>
#include <string>

namespace cafes::store {

/// The folded state of a stream as somebody kept it. A cache: losing it costs
/// time and nothing else. Opaque to the store; who wrote it checks it, and does
/// well to name the stream in it.
struct stored_snapshot {
  /// The last event folded in.
  version at_version;
  /// What the content can be read by: text of 1 to
  /// limits::fingerprint_bytes_max bytes, compared byte by byte.
  std::string fingerprint;
  /// Any bytes, up to limits::snapshot_bytes_max.
  std::string content;

  bool operator==(const stored_snapshot&) const = default;
};

/// A snapshot to be kept for a stream.
struct kept_snapshot {
  stream_id stream;
  stored_snapshot taken;
};

/// Whether a snapshot takes the place of another of its stream: always if one
/// of them is foreign to the other, else if it is not older.
[[nodiscard]] inline bool replaces(const stored_snapshot& taken,
                                   const stored_snapshot& stored) {
  return taken.fingerprint != stored.fingerprint
         || taken.at_version >= stored.at_version;
}

} // namespace cafes::store
