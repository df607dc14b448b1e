// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_connection.hpp"

#include <pqxx/result>

#include <cstdint>
#include <optional>
#include <vector>

// From rows to values. What PostgreSQL returns in a type of its own has one
// form only, so anything else is thrown as pqxx::conversion_error.

namespace cafes::store::postgres {

/// A bigint, integer or smallint; 0 for NULL.
[[nodiscard]] std::int64_t number_in(const pqxx::field& field);

/// A timestamptz of a session with DateStyle ISO in UTC; the epoch for NULL.
[[nodiscard]] timestamp timestamp_in(const pqxx::field& field);

/// A uuid; nil for NULL.
[[nodiscard]] uuid uuid_in(const pqxx::field& field);

/// The rows of sql/find_command.sql.
[[nodiscard]] std::optional<appended> command_in(const pqxx::result& rows);

/// The rows of sql/read_marks.sql.
[[nodiscard]] std::vector<event_mark> marks_in(const pqxx::result& rows);

/// The first ten columns of sql/read_log.sql and sql/read_stream.sql, with
/// numbers where names belong.
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

[[nodiscard]] std::vector<event_row> events_in(const pqxx::result& rows);

} // namespace cafes::store::postgres
