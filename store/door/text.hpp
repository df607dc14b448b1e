// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace cafes::store {

/// Valid UTF-8 without NUL: what every backend keeps as text.
[[nodiscard]] bool is_storable_text(std::string_view text);

/// ASCII without NUL, as most text is: found out much faster.
[[nodiscard]] bool is_plain_text(std::string_view text);

/// `[a-z][a-z0-9_]*`
[[nodiscard]] bool is_identifier(std::string_view text);

} // namespace cafes::store
