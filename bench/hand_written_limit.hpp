// SPDX-License-Identifier: MIT
#pragma once

#include "bench/load_report.hpp"
#include "tests/support/scratch_schema.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace cafes::bench {

/// Rounds of 64 hand-written callers, each with a connection, on accounts
/// that have 20 events at the beginning. Throws. Thread: one at a time.
class hand_written_limit {
public:
  static constexpr std::size_t callers = 64;
  static constexpr std::size_t events_each = 20;

  explicit hand_written_limit(const run_plan& plan);

  void warm_up();
  void run_round();

  /// Commands a second, round by round.
  [[nodiscard]] const std::vector<double>& rates() const { return rates_; }

  [[nodiscard]] const latency_histogram& latency() const { return latency_; }

  /// What it is, for people.
  static constexpr auto meaning
    = "hand-written SQL: libpqxx, 64 connections, SELECT the stream's 20 to 30 "
      "events, decide, INSERT, each a transaction";

private:
  [[nodiscard]] load_report run_callers_for(seconds round);

  test::scratch_schema schema_;
  run_plan plan_;
  std::vector<double> rates_;
  latency_histogram latency_;
};

} // namespace cafes::bench
