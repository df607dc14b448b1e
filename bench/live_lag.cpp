// SPDX-License-Identifier: MIT
//
// Question: commands come on a schedule, at half of the rate that this machine
// could do. How long after its commit is an event in the view?
#include "bench/accounts.hpp"
#include "bench/bank_views.hpp"
#include "bench/lag_watch.hpp"
#include "bench/question.hpp"
#include "tests/support/scratch_schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace cafes::bench {

namespace {

constexpr double p50_bar_ms = 5;
constexpr double p99_bar_ms = 50;

double milliseconds_at(const latency_histogram& times, double part) {
  return std::chrono::duration<double, std::milli>{times.at(part)}.count();
}

figure figure_of(std::string name, const std::vector<double>& rounds,
                 double bar_ms) {
  figure shown;
  shown.name = std::move(name);
  shown.unit = "ms";
  shown.value = spread_of(rounds);
  shown.bar = 1;
  shown.wanted = better::lower;
  set_limit(shown, rounds, std::vector<double>(rounds.size(), bar_ms));
  return shown;
}

} // namespace

std::vector<figure> live_lag(const run_plan& plan) {
  const test::scratch_schema schema;
  const auto keys = account_keys(plan.accounts);
  auto service = start_bank_with_balances(schema.conninfo());
  open_accounts(service, keys);
  command_load load{service, deposits{keys}};
  static_cast<void>(load.run_closed(1'024, plan.warm_up));
  const auto peak = load.run_closed(1'024, plan.round).rate();
  const auto rate = plan.rate > 0 ? plan.rate : peak / 2;
  std::vector<double> middle;
  std::vector<double> slow;
  lag_report all;
  std::uint64_t overloaded = 0;
  for (std::size_t round = 0; round < plan.rounds; ++round) {
    drain_views(service);
    lag_watch watch{service};
    overloaded += load.run_open(rate, plan.round).overloaded;
    const auto seen = watch.finish();
    middle.push_back(milliseconds_at(*seen.times, 0.5));
    slow.push_back(milliseconds_at(*seen.times, 0.99));
    all.times->add(*seen.times);
    all.events_max = std::max(all.events_max, seen.events_max);
  }
  service.stop();
  auto half = figure_of("live_lag_p50", middle, p50_bar_ms);
  half.ours = "p50 of the time from the commit of an event until the balances "
              "hold it, at half of the peak rate";
  half.against = "the bar itself, 5 ms";
  set_latency(half, *all.times);
  half.notes.push_back(fmt::format(
    "open loop, {:.0f}/s on schedule, peak {:.0f}/s; at most {} events behind; "
    "{} answered overloaded",
    rate, peak, all.events_max, overloaded));
  auto late = figure_of("live_lag_p99", slow, p99_bar_ms);
  late.ours = "p99 of the same";
  late.against = "the bar itself, 50 ms";
  return {half, late};
}

} // namespace cafes::bench
