// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace cafes::bench {

/// How often this program has asked for memory by `new`, since it started, on
/// all threads. The binary replaces the global operator new. Thread: any.
[[nodiscard]] std::uint64_t allocations_so_far();

} // namespace cafes::bench
