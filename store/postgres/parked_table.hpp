// SPDX-License-Identifier: MIT
#pragma once

#include "store/postgres/connection.hpp"
#include "store/postgres/sql.hpp"
#include "store/view_operator.hpp"
#include "store/view_session.hpp"

#include <cstddef>
#include <vector>

// What is parked, and how a view stands: statements of an open session that
// knows parked_statements. All throw what libpqxx throws.

namespace cafes::store::postgres {

[[nodiscard]] std::vector<sql::embedded> parked_statements();

/// Errors: invalid_argument (no such view), corrupt.
[[nodiscard]] expected<std::vector<parked_event>>
read_parked(connection& on, const view_identity& view, position after,
            std::size_t limit);

/// Errors: as read_parked.
[[nodiscard]] expected<view_orders> find_orders(connection& on,
                                                const view_identity& view);

/// Null goes on. Errors: invalid_argument (no such view).
[[nodiscard]] expected<void>
set_paused(connection& on, const view_identity& view, const char* why);

} // namespace cafes::store::postgres
