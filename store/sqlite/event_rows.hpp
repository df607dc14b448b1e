// SPDX-License-Identifier: MIT
#pragma once

#include "store/append.hpp"
#include "store/sqlite/database.hpp"

#include <cafes/recorded_event.hpp>

#include <cstdint>
#include <optional>

namespace cafes::store::sqlite {

// What the log's writer and its readers both read. All throw sqlite_error.

[[nodiscard]] timestamp timestamp_of(std::int64_t microseconds);

/// The columns of read_log and read_stream.
[[nodiscard]] recorded_event event_in(const statement& row);

[[nodiscard]] position read_head(database& db);

/// Where a command's events stand in a stream.
[[nodiscard]] std::optional<appended>
find_command_in(database& db, stream_id stream, const uuid& command_id);

} // namespace cafes::store::sqlite
