// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/expected.hpp>

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace cafes {

/// A command's identity, chosen by its sender. The nil uuid means "none".
struct uuid {
  std::array<std::uint8_t, 16> bytes{};

  [[nodiscard]] constexpr bool is_nil() const { return *this == uuid{}; }

  constexpr auto operator<=>(const uuid&) const = default;
};

/// A new random (version 4) id. Thread: any.
[[nodiscard]] uuid random_uuid();

/// The version 5 id of a name within a name space: the same inputs give the
/// same id on every machine, so a repeated import repeats its command ids.
/// Thread: any.
[[nodiscard]] uuid name_uuid(const uuid& name_space, std::string_view name);

/// Reads the 36-character form, upper or lower case.
/// Errors: invalid_argument. Thread: any.
[[nodiscard]] expected<uuid> parse_uuid(std::string_view text);

/// "0f8fad5b-d9cb-469f-a165-70867728950e", always lower case.
[[nodiscard]] std::string to_string(const uuid& id);

} // namespace cafes
