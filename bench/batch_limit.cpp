// SPDX-License-Identifier: MIT
#include "bench/batch_limit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace cafes::bench {

void batch_limit::warm_up(seconds round) {
  static_cast<void>(run_large_(large_batch, round));
  static_cast<void>(run_as_ours_(large_batch, round));
}

void batch_limit::run_round(double average_batch, seconds round) {
  ours_batch_ = std::max<std::size_t>(
    1, static_cast<std::size_t>(std::lround(average_batch)));
  large_.push_back(run_large_(large_batch, round).rate());
  as_ours_.push_back(run_as_ours_(ours_batch_, round).rate());
}

const std::vector<double>& batch_limit::rates() const {
  return large_is_faster() ? large_ : as_ours_;
}

std::string batch_limit::describe() const {
  return fmt::format("limit: {:.0f}/s with 1,000 a batch, {:.0f}/s with {} a "
                     "batch, as ours; the faster counts",
                     spread_of(large_).median, spread_of(as_ours_).median,
                     ours_batch_);
}

bool batch_limit::large_is_faster() const {
  return spread_of(large_).median >= spread_of(as_ours_).median;
}

} // namespace cafes::bench
