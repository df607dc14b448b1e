// SPDX-License-Identifier: MIT
#pragma once

#include "bench/figure.hpp"
#include "bench/load_report.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace cafes::bench {

/// The limit of a write rate: a bare program with batches of 1,000 rows and
/// with batches as large as ours were on average. Both run in each round, and
/// the one that is faster over all rounds is the limit, so that a small batch
/// of ours never lowers it. Thread: one at a time.
class batch_limit {
public:
  /// Writes batches of so many rows for the given time.
  using program = std::function<load_report(std::size_t, seconds)>;

  explicit batch_limit(program bare) : bare_{std::move(bare)} {}

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

  program bare_;
  std::size_t ours_batch_ = 0;
  std::vector<double> large_;
  std::vector<double> as_ours_;
};

} // namespace cafes::bench
