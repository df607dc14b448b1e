// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace cafes::store::postgres {

/// The text with each occurrence of `placeholder` replaced: for what SQL
/// cannot bind, names and types.
[[nodiscard]] inline std::string replaced(std::string_view text,
                                          std::string_view placeholder,
                                          std::string_view value) {
  std::string filled;
  for (;;) {
    const auto found = text.find(placeholder);
    filled += text.substr(0, found);
    if (found == std::string_view::npos)
      return filled;
    filled += value;
    text.remove_prefix(found + placeholder.size());
  }
}

} // namespace cafes::store::postgres
