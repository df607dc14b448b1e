// SPDX-License-Identifier: MIT
#pragma once

#include "store/postgres/connection.hpp"
#include "store/view_session.hpp"

#include <cstddef>
#include <vector>

// Parked events as rows, for the worker of a view and for its operators. All
// throw what libpqxx throws.

namespace cafes::store::postgres {

/// The first eight columns of sql/list_parked.sql and sql/find_orders.sql,
/// without the row of nulls. Errors: corrupt.
[[nodiscard]] expected<std::vector<parked_event>>
parked_in(const pqxx::result& rows);

/// Runs sql/list_parked.sql. Errors: corrupt, and invalid_argument where there
/// is no such view.
[[nodiscard]] expected<std::vector<parked_event>>
list_parked(connection& on, const view_identity& view, position after,
            std::size_t limit);

/// Runs sql/pause_live.sql; nullptr lets the view go on. Errors:
/// invalid_argument where there is no such view.
[[nodiscard]] expected<void>
pause_live(connection& on, const view_identity& view, const char* why);

} // namespace cafes::store::postgres
