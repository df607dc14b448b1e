// SPDX-License-Identifier: MIT
#pragma once

#include "store/view_session.hpp"

#include <string_view>

namespace cafes::store {

/// Bounds of what a commit sets aside. Errors: limit_exceeded.
[[nodiscard]] expected<void> check_parked(const view_commit& page);

/// What stands in a row under the names of to_string. Errors: corrupt.
[[nodiscard]] expected<parking_reason> parse_reason(std::string_view name);
[[nodiscard]] expected<parked_wish> parse_wish(std::string_view name);

} // namespace cafes::store
