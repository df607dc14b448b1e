// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>

namespace cafes::actors {

/// A time-out that can be added to now: callers who want to wait for ever
/// give the largest there is, whose end no clock can hold.
[[nodiscard]] constexpr std::chrono::milliseconds
finite(std::chrono::milliseconds timeout) {
  constexpr std::chrono::milliseconds a_year = std::chrono::hours{24 * 365};
  return std::min(timeout, a_year);
}

} // namespace cafes::actors
