// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_connection.hpp"
#include "store/postgres/binary_rows.hpp"

#include <pqxx/result>

#include <cstdint>
#include <optional>
#include <vector>

// From rows to values. What PostgreSQL returns in a type of its own has one
// form only, so anything else is thrown as pqxx::conversion_error.

namespace cafes::store::postgres {

/// A bigint, integer or smallint; 0 for NULL.
[[nodiscard]] std::int64_t number_in(const pqxx::field& field);

/// A boolean; false for NULL.
[[nodiscard]] bool flag_in(const pqxx::field& field);

/// A timestamptz of a session with DateStyle ISO in UTC; the epoch for NULL.
[[nodiscard]] timestamp timestamp_in(const pqxx::field& field);

/// A uuid; nil for NULL.
[[nodiscard]] uuid uuid_in(const pqxx::field& field);

/// The rows of sql/find_command.sql.
[[nodiscard]] std::optional<appended> command_in(const pqxx::result& rows);

/// The rows of sql/read_marks.sql.
[[nodiscard]] std::vector<event_mark> marks_in(const pqxx::result& rows);

/// Ten columns of sql/read_log.sql, sql/read_stream.sql and sql/recover.sql,
/// with numbers where names belong.
struct event_row {
  position at;
  stream_id stream;
  version at_version;
  type_id type;
  timestamp recorded_at{};
  provenance from;
  std::string data;
  std::string metadata;
};

[[nodiscard]] event_row event_in(const binary_rows& rows, int row,
                                 int first_column = 0);

[[nodiscard]] std::vector<event_row> events_in(const binary_rows& rows);

} // namespace cafes::store::postgres
