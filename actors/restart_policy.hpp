// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>

namespace cafes::actors {

struct restart_pauses {
  std::chrono::milliseconds shortest{3'000};
  std::chrono::milliseconds longest{30'000};
};

/// How long to wait before a failed child starts again: doubled with each
/// failure without progress, up to the longest, then shortened by up to a
/// fifth so that children that failed together do not return together.
/// `chance` is a random number; equal inputs give equal pauses.
[[nodiscard]] std::chrono::milliseconds
restart_pause(const restart_pauses& pauses, std::uint64_t failures_in_a_row,
              std::uint32_t chance);

} // namespace cafes::actors
