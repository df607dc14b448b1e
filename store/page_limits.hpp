// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/expected.hpp>

#include <cstddef>
#include <string>

namespace cafes::store {

/// Errors: limit_exceeded (ask for smaller pages).
[[nodiscard]] inline expected<void> check_page(std::size_t wanted,
                                               std::size_t most) {
  if (wanted <= most)
    return {};
  return failure(errc::limit_exceeded,
                 "a page has at most " + std::to_string(most) + " entries, "
                   + std::to_string(wanted) + " were asked for");
}

} // namespace cafes::store
