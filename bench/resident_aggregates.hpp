// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <filesystem>

namespace cafes::bench {

/// What aggregates cost that were used once and stay in memory.
struct resident_aggregates {
  /// Of the whole process, at the end.
  std::size_t resident_bytes = 0;
  /// More than before the first of them.
  std::size_t added_bytes = 0;
  std::size_t live = 0;
  double seconds = 0;
};

/// Opens so many accounts in this process and looks at its memory. The budget
/// bounds how many stay in memory; 0 is no bound. Throws.
[[nodiscard]] resident_aggregates use_once(std::size_t count,
                                           std::size_t budget);

/// The same in a process of its own, since memory that a measurement before
/// has given back to the allocator is not seen as new. Throws.
[[nodiscard]] resident_aggregates use_once_apart(std::size_t count,
                                                 std::size_t budget);

/// Prints a measurement for use_once_apart.
void print_use_once(std::size_t count, std::size_t budget);

} // namespace cafes::bench
