// SPDX-License-Identifier: MIT
#pragma once

#include "bench/figure.hpp"
#include "bench/load_report.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace cafes::bench {

/// The limit of a write rate: a bare program with batches of 1,000 rows and
/// with batches as large as ours were on average. Both run in each round, and
/// the one that is faster over all rounds is the limit, so that a small batch
/// of ours never lowers it. Each writes into tables of its own, because tables
/// get slower as they grow, and these should not grow faster than ours.
/// Thread: one at a time.
class batch_limit {
public:
  /// Writes batches of so many rows for the given time.
  using program = std::function<load_report(std::size_t, seconds)>;

  batch_limit(program large, program as_ours)
    : run_large_{std::move(large)}, run_as_ours_{std::move(as_ours)} {}

  void warm_up(seconds round);

  /// `average_batch` is ours, in rows.
  void run_round(double average_batch, seconds round);

  /// Rates of the rounds, in order, of the batch size that was faster.
  [[nodiscard]] const std::vector<double>& rates() const;

  /// What either reached.
  [[nodiscard]] std::string describe() const;

private:
  static constexpr std::size_t large_batch = 1'000;

  [[nodiscard]] bool large_is_faster() const;

  program run_large_;
  program run_as_ours_;
  std::size_t ours_batch_ = 0;
  std::vector<double> large_;
  std::vector<double> as_ours_;
};

} // namespace cafes::bench
