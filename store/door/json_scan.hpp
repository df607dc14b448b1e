// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/expected.hpp>

#include <cstddef>
#include <string_view>

namespace cafes::store {

/// Whether objects and arrays are nested deeper than so many levels, found
/// without recursion and without judging the text otherwise.
[[nodiscard]] bool is_nested_deeper(std::string_view text, std::size_t levels);

/// Checks text that is to be stored as JSON: size, depth, one valid JSON value
/// in valid UTF-8, no NUL in any string (jsonb has none), numbers that every
/// backend keeps. Errors: limit_exceeded, invalid_argument.
[[nodiscard]] expected<void> check_json(std::string_view text);

} // namespace cafes::store
