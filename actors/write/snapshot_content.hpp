// SPDX-License-Identifier: MIT
#pragma once

#include "actors/write/command_window.hpp"

#include <cafes/detail/aggregate_type.hpp>
#include <cafes/expected.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace cafes::actors {

/// What an aggregate needs to go on from a version: state and command ids.
/// Format 1, numbers in big-endian order:
///
///   checksum  4 bytes, CRC-32 of all that follows
///   format    1 byte, 1
///   whole     1 byte, 1 if the ids cover the whole stream
///   count     4 bytes
///   ids       count times: id 16 bytes, version 8, position 8
///   state     JSON text, the rest
struct snapshot_content {
  std::string state;
  std::vector<remembered_command> commands;
  bool whole = true;

  bool operator==(const snapshot_content&) const = default;
};

/// What the contents of a type's snapshots depend on: compared before any of
/// it is decoded.
[[nodiscard]] std::string
snapshot_fingerprint(const detail::aggregate_type& type);

[[nodiscard]] std::string encode(const snapshot_content& content);

/// Errors: corrupt (anything but what encode made: read the stream instead).
[[nodiscard]] expected<snapshot_content>
decode_snapshot(std::string_view bytes);

} // namespace cafes::actors
