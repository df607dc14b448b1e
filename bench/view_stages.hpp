// SPDX-License-Identifier: MIT
#pragma once

#include "bench/run_plan.hpp"

#include <cstddef>
#include <string>

namespace cafes::bench {

/// What the balances of stored events cost, stage by stage.
struct view_stages {
  seconds read{0};
  seconds fold{0};
  seconds load{0};
  seconds write{0};
  std::size_t events = 0;

  /// Microseconds an event, and what share each stage has.
  [[nodiscard]] std::string describe() const;
};

/// Builds the view once more, beside the stored one: the steps of a projection
/// by one thread, one after the other, for so many events. Throws.
[[nodiscard]] view_stages time_view_stages(const std::string& store,
                                           std::size_t events_max);

} // namespace cafes::bench
