// SPDX-License-Identifier: MIT
#include "bench/figure.hpp"

#include <cafes/detail/assert.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace cafes::bench {

spread spread_of(std::vector<double> rounds) {
  CAFES_ASSERT(!rounds.empty());
  std::sort(rounds.begin(), rounds.end());
  return {rounds[rounds.size() / 2], rounds.front(), rounds.back()};
}

spread ratio_of(const std::vector<double>& ours,
                const std::vector<double>& limits) {
  CAFES_ASSERT(ours.size() == limits.size());
  std::vector<double> ratios;
  for (std::size_t round = 0; round < ours.size(); ++round)
    ratios.push_back(ours[round] / limits[round]);
  return spread_of(std::move(ratios));
}

void set_latency(figure& shown, const latency_histogram& latency) {
  using microseconds = std::chrono::duration<double, std::micro>;
  shown.p50_us = microseconds{latency.at(0.5)}.count();
  shown.p99_us = microseconds{latency.at(0.99)}.count();
}

void set_limit(figure& shown, const std::vector<double>& ours,
               const std::vector<double>& limits) {
  shown.limit = spread_of(limits);
  shown.ratio = ratio_of(ours, limits);
}

std::string p50_note(const figure& shown, double bar_us) {
  return fmt::format("p50 bar: {:.0f} us, {}", bar_us,
                     shown.p50_us <= bar_us ? "reached" : "MISSED");
}

std::string value_note(const figure& shown, double bar) {
  const bool reached = shown.wanted == better::higher
                         ? shown.value.median >= bar
                         : shown.value.median <= bar;
  return fmt::format("bar: {:.0f} {}, {}", bar, shown.unit,
                     reached ? "reached" : "MISSED");
}

bool reaches_bar(const figure& shown) {
  if (!shown.bar || !shown.ratio)
    return true;
  return shown.wanted == better::higher ? shown.ratio->median >= *shown.bar
                                        : shown.ratio->median <= *shown.bar;
}

} // namespace cafes::bench
