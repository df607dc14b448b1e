// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/projection.hpp>

#include <cstdint>
#include <ostream>

namespace cafes::soak {

/// What has been read of a log, in the order in which it was read. Two are
/// equal only if both readers have seen the same, each once and in one order.
struct passage {
  std::int64_t count = 0;
  std::int64_t last = 0;
  /// Of all positions, in their order.
  std::int64_t hash = 0;
  /// How often something came that is not behind what came before it.
  std::int64_t disordered = 0;
  CAFES_FIELDS(count, last, hash, disordered)

  void see(std::int64_t position) {
    constexpr std::uint64_t factor = 6364136223846793005U;
    // 53 bits, which every reader of JSON keeps.
    const auto mixed = (static_cast<std::uint64_t>(hash) * factor
                        + static_cast<std::uint64_t>(position))
                       * factor;
    hash = static_cast<std::int64_t>(mixed >> 11U);
    disordered += position <= last ? 1 : 0;
    last = position;
    ++count;
  }
};

inline std::ostream& operator<<(std::ostream& shown, const passage& seen) {
  return shown << seen.count << " events up to " << seen.last << ", hash "
               << seen.hash << ", " << seen.disordered << " out of order";
}

} // namespace cafes::soak
