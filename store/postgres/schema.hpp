// SPDX-License-Identifier: MIT
#pragma once

#include "store/postgres/connection.hpp"

#include <cafes/expected.hpp>
#include <cafes/settings.hpp>

#include <string>
#include <vector>

namespace cafes::store::postgres {

/// The schema as found in the database.
struct schema_state {
  /// The last migration applied; 0 without any.
  int number = 0;
  /// "jsonb" or "json"; empty without a schema.
  std::string payload;
};

/// The statements used here, for the list of a connection that checks.
[[nodiscard]] std::vector<sql::embedded> schema_statements();

/// What is there. Errors: unavailable, incompatible_schema (newer than this
/// program, or not of its history).
[[nodiscard]] expected<schema_state> read_schema(connection& on);

/// As read_schema, and the schema must be the one this program knows.
/// Errors: those, and incompatible_schema (migrate first).
[[nodiscard]] expected<schema_state> require_schema(connection& on);

/// Applies what is missing, each migration in a transaction of its own, under
/// a lock that keeps other processes waiting. Errors: as read_schema, and
/// invalid_argument (search_path names no schema).
[[nodiscard]] expected<void> migrate_schema(connection& on,
                                            payload_format payload);

} // namespace cafes::store::postgres
