// SPDX-License-Identifier: MIT
#include "actors/restart_policy.hpp"

#include <algorithm>

namespace cafes::actors {

std::chrono::milliseconds restart_pause(const restart_pauses& pauses,
                                        std::uint64_t failures_in_a_row,
                                        std::uint32_t chance) {
  auto pause = pauses.shortest;
  for (std::uint64_t failure = 1;
       failure < failures_in_a_row && pause < pauses.longest; ++failure)
    pause *= 2;
  pause = std::min(pause, pauses.longest);
  const auto fifth = pause.count() / 5;
  return pause
         - std::chrono::milliseconds{fifth > 0 ? chance % (fifth + 1) : 0};
}

} // namespace cafes::actors
