// SPDX-License-Identifier: MIT
#pragma once

#include "bench/latency_histogram.hpp"
#include "bench/run_plan.hpp"

#include <cstdint>
#include <memory>

namespace cafes::bench {

/// What came of one round of load.
struct load_report {
  std::uint64_t accepted = 0;
  /// Answered `overloaded`; only an open loop may see any.
  std::uint64_t overloaded = 0;
  seconds took{0};
  std::shared_ptr<latency_histogram> latency
    = std::make_shared<latency_histogram>();

  [[nodiscard]] double rate() const {
    return static_cast<double>(accepted) / took.count();
  }
};

} // namespace cafes::bench
