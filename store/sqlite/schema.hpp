// SPDX-License-Identifier: MIT
#pragma once

#include "store/sqlite/database.hpp"

#include <cafes/expected.hpp>

namespace cafes::store::sqlite {

// Migrations are numbered from 1 without holes and never change once released;
// the schema version is the number of the last one. These functions throw
// sqlite_error besides what they return.

/// The version of the stored schema; 0 before the first migration.
[[nodiscard]] int schema_version(database& db);

/// Errors: invalid_argument (a database that is not ours: nothing in it is
/// touched).
[[nodiscard]] expected<void> check_identity(database& db);

/// Errors: incompatible_schema (older or newer than this program).
[[nodiscard]] expected<void> check_schema(database& db);

/// Applies what is missing, each migration in a transaction of its own.
/// Errors: incompatible_schema (newer than this program, or a migration was
/// another one when it was applied).
[[nodiscard]] expected<void> migrate(database& db);

} // namespace cafes::store::sqlite
