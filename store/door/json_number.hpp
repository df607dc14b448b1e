// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace cafes::store {

/// A JSON number as this program holds it: whole as long as it fits.
using json_number = std::variant<std::int64_t, std::uint64_t, double>;

/// Reads the text of a JSON number, exactly for whole numbers, to the nearest
/// double else. nullopt when no double is near it, or the text is longer than
/// 1000 characters: jsonb has bounds of its own beyond these.
[[nodiscard]] std::optional<json_number> read_number(std::string_view text);

} // namespace cafes::store
