// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_connection.hpp"
#include "store/sqlite/database.hpp"

namespace cafes::store::sqlite {

/// Writes a plan in one transaction, durable when it says `stored`. Throws
/// nothing; after `lost` the database is abandoned.
[[nodiscard]] write_result write_plan(database& db, const append_plan& plan);

} // namespace cafes::store::sqlite
