// SPDX-License-Identifier: MIT
#pragma once

#include "bench/latency_histogram.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cafes::bench {

/// Middle, lowest and highest of the rounds.
struct spread {
  double median = 0;
  double low = 0;
  double high = 0;
};

/// Of at least one round.
[[nodiscard]] spread spread_of(std::vector<double> rounds);

/// Round by round, then the spread: what the machine did to one round it did
/// to both.
[[nodiscard]] spread ratio_of(const std::vector<double>& ours,
                              const std::vector<double>& limits);

/// Which side of the bar is good.
enum class better { higher, lower };

/// One line of the table: the answer to one question.
struct figure {
  std::string name;
  std::string unit;
  spread value;
  /// Nothing when the question is about the limit itself.
  std::optional<spread> limit;
  std::optional<spread> ratio;
  /// What the ratio should reach, or not exceed.
  std::optional<double> bar;
  better wanted = better::higher;
  /// In microseconds; zero when not measured.
  double p50_us = 0;
  double p99_us = 0;
  /// What the two numbers are, for people.
  std::string ours;
  std::string against;
  std::vector<std::string> notes;
};

/// Fills in p50 and p99.
void set_latency(figure& shown, const latency_histogram& latency);

/// Fills in the limit, and the ratio that the rounds had.
void set_limit(figure& shown, const std::vector<double>& ours,
               const std::vector<double>& limits);

/// "p50 bar: 1300 us, reached"
[[nodiscard]] std::string p50_note(const figure& shown, double bar_us);

/// "bar: 60000 events/s, reached", where the bar is no ratio.
[[nodiscard]] std::string value_note(const figure& shown, double bar);

/// Reached, or there is no bar.
[[nodiscard]] bool reaches_bar(const figure& shown);

} // namespace cafes::bench
