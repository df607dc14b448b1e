// SPDX-License-Identifier: MIT
//
// Question: 64 threads that each wait for their answer, as the workers of a
// server do: how much faster than SQL written by hand, and how long do they
// wait?
#include "bench/accounts.hpp"
#include "bench/blocking_callers.hpp"
#include "bench/hand_written_limit.hpp"
#include "bench/question.hpp"
#include "tests/support/scratch_schema.hpp"

namespace cafes::bench {

std::vector<figure> callers_64(const run_plan& plan) {
  constexpr std::size_t callers = 64;
  constexpr double p50_bar_us = 1'300;
  const test::scratch_schema schema;
  const auto keys = account_keys(plan.accounts);
  auto service = start_bank(schema.conninfo());
  open_accounts(service, keys);
  hand_written_limit limit{plan};
  std::uint64_t seed = 0;
  const auto run_ours = [&](seconds round) {
    ++seed;
    return run_callers(callers, round, [&](std::size_t number) {
      return [&, random = fast_random{seed * callers + number}]() mutable {
        deposit_and_wait(service, deposits{keys}(random));
        return true;
      };
    });
  };
  limit.warm_up();
  static_cast<void>(run_ours(plan.warm_up));
  std::vector<double> rates;
  latency_histogram latency;
  for (std::size_t round = 0; round < plan.rounds; ++round) {
    limit.run_round();
    const auto report = run_ours(plan.round);
    rates.push_back(report.rate());
    latency.add(*report.latency);
  }
  service.stop();
  figure shown;
  shown.name = "callers_64";
  shown.unit = "commands/s";
  shown.value = spread_of(rates);
  shown.bar = 6;
  shown.ours = "64 threads, each blocks on its future; accounts in memory";
  shown.against = hand_written_limit::meaning;
  set_limit(shown, rates, limit.rates());
  set_latency(shown, latency);
  shown.notes.push_back(p50_note(shown, p50_bar_us));
  return {shown};
}

} // namespace cafes::bench
