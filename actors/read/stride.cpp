// SPDX-License-Identifier: MIT
#include "actors/read/stride.hpp"

#include <algorithm>

namespace cafes::actors {

void stride::committed(std::size_t bytes) {
  if (bytes > bytes_max)
    pages_ = std::max<std::size_t>(1, pages_ / 2);
  else if (bytes <= bytes_max / 2)
    pages_ = std::min(pages_max, pages_ * 2);
}

} // namespace cafes::actors
