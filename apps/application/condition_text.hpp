// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/expected.hpp>
#include <cafes/query.hpp>

#include <string>
#include <string_view>

namespace CLI {
class Validator;
} // namespace CLI

namespace cafes::program {

/// Refuses what is not FIELD, a comparison and a value: "balance<0".
[[nodiscard]] CLI::Validator is_condition();

/// The condition that such a text says about documents of a shape. Spaces
/// around the comparison do not count.
/// Errors: invalid_argument (there is no such field, or the value is not of its
/// type).
[[nodiscard]] expected<condition> condition_in(std::string_view text,
                                               std::string_view shape);

} // namespace cafes::program
