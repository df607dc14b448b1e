// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/expected.hpp>
#include <cafes/parked.hpp>

#include <string_view>

// The words of `to_string` are what databases keep: they never change.

namespace cafes::store {

/// Errors: corrupt (not one of our words).
[[nodiscard]] expected<parking_reason> parking_reason_in(std::string_view word);

/// An empty word is `none`. Errors: corrupt.
[[nodiscard]] expected<parked_wish> parked_wish_in(std::string_view word);

} // namespace cafes::store
