// SPDX-License-Identifier: MIT
#pragma once

#include "store/postgres/connection.hpp"
#include "store/view_session.hpp"

#include <string>
#include <string_view>

namespace cafes::store::postgres {

/// The table of a build's documents: "view_balances_2" or "view_balances_2$3",
/// quoted. The view must have passed check_view.
[[nodiscard]] std::string table_of(const view_identity& view);

/// A statement on a build's table, with :table and :payload filled in, and
/// :live by the question whether it is the live one.
[[nodiscard]] std::string for_view(std::string_view statement,
                                   const view_identity& view,
                                   std::string_view payload);

} // namespace cafes::store::postgres
