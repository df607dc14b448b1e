// SPDX-License-Identifier: MIT
#pragma once

#include "bench/bare_copy.hpp"
#include "bench/figure.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace cafes::bench {

/// The limit of a write rate: bare COPY with batches of 1,000 and with batches
/// as large as ours were on average. Both run in each round, and the one that
/// is faster over all rounds is the limit. Thread: one at a time.
class copy_limit {
public:
  explicit copy_limit(bare_copy& copy) : copy_{&copy} {}

  void warm_up(seconds round);

  /// `average_batch` is ours, in rows.
  void run_round(double average_batch, seconds round);

  /// Rates of the rounds, in order, of the batch size that was faster.
  [[nodiscard]] const std::vector<double>& rates() const;

  /// "1,000 a batch 140,000/s; 612 a batch, as ours, 131,000/s"
  [[nodiscard]] std::string describe() const;

private:
  static constexpr std::size_t large_batch = 1'000;

  [[nodiscard]] bool large_is_faster() const;

  bare_copy* copy_;
  std::size_t ours_batch_ = 0;
  std::vector<double> large_;
  std::vector<double> as_ours_;
};

} // namespace cafes::bench
