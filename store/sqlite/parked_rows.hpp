// SPDX-License-Identifier: MIT
#pragma once

#include "store/sqlite/database.hpp"
#include "store/view_session.hpp"

#include <cstddef>
#include <string>
#include <vector>

// Parked events as rows, for the worker of a view and for its operators. All
// throw sqlite_error.

namespace cafes::store::sqlite {

/// The rows of sql/list_parked.sql or sql/list_wished.sql. Errors: corrupt.
[[nodiscard]] expected<std::vector<parked_event>> parked_in(statement& rows);

/// Runs sql/list_parked.sql. Errors: corrupt.
[[nodiscard]] expected<std::vector<parked_event>>
list_parked(database& db, const view_identity& view, position after,
            std::size_t limit);

/// Runs sql/park_event.sql.
void park(database& db, const view_identity& view, const parked_event& event);

/// Runs sql/release_event.sql; false if it was not parked.
[[nodiscard]] bool release(database& db, const view_identity& view,
                           position at);

/// Runs sql/set_paused.sql; nullptr lets the view go on. Errors:
/// invalid_argument where there is no such view.
[[nodiscard]] expected<void> set_paused(database& db, const view_identity& view,
                                        const std::string* why);

} // namespace cafes::store::sqlite
