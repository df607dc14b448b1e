// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cafes::soak {

/// Latencies in steps of 10 us up to 1 s; what is longer counts as 1 s.
/// Thread: any, for add.
class latency_counts {
public:
  using microseconds = std::chrono::microseconds;

  void add(microseconds latency) {
    const auto step = static_cast<std::size_t>(
      std::clamp<std::int64_t>(latency.count() / step_us, 0, steps - 1));
    ++counts_[step];
  }

  /// So many of them, from 0 to 1, were not longer. 0 when there are none.
  [[nodiscard]] microseconds quantile(double part) const {
    std::uint64_t all = 0;
    for (const auto& each : counts_)
      all += each;
    std::uint64_t seen = 0;
    for (std::size_t step = 0; step < counts_.size(); ++step) {
      seen += counts_[step];
      if (seen > 0
          && static_cast<double>(seen) >= part * static_cast<double>(all))
        return microseconds{static_cast<std::int64_t>(step + 1) * step_us};
    }
    return microseconds{0};
  }

private:
  static constexpr std::int64_t step_us = 10;
  static constexpr std::int64_t steps = 100'000;

  std::vector<std::atomic<std::uint64_t>> counts_
    = std::vector<std::atomic<std::uint64_t>>(steps);
};

} // namespace cafes::soak
