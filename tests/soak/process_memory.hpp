// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

// This process's memory, as Linux counts it.

namespace cafes::soak {

[[nodiscard]] std::int64_t resident_bytes();

/// The most since the process began, or since it was forgotten.
[[nodiscard]] std::int64_t highest_resident_bytes();

void forget_highest_resident();

} // namespace cafes::soak
