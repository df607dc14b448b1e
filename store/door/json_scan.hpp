// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/expected.hpp>

#include <cstddef>
#include <string_view>

namespace cafes::store {

/// How deep objects and arrays are nested, counted without recursion and
/// without judging the text otherwise.
[[nodiscard]] std::size_t json_depth(std::string_view text);

/// Checks text that is to be stored as JSON: size, depth, one valid JSON value
/// in valid UTF-8, no NUL in any string (jsonb has none), numbers that every
/// backend keeps. Errors: limit_exceeded, invalid_argument.
[[nodiscard]] expected<void> check_json(std::string_view text);

} // namespace cafes::store
