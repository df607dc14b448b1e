// SPDX-License-Identifier: MIT
//
// Question: an aggregate that is not in memory has to be read before it can
// decide, as hand-written SQL does each time. Is that at least as fast?
#include "bench/accounts.hpp"
#include "bench/blocking_callers.hpp"
#include "bench/hand_written_limit.hpp"
#include "bench/past_accounts.hpp"
#include "bench/question.hpp"
#include "tests/support/scratch_schema.hpp"

#include <fmt/format.h>

#include <atomic>

namespace cafes::bench {

std::vector<figure> cold_command(const run_plan& plan) {
  const test::scratch_schema schema;
  prepare_store(schema.conninfo(), {});
  const auto keys = add_past_accounts(
    schema.conninfo(), {.first = 0,
                        .count = plan.cold_streams * (plan.rounds + 1),
                        .events_each = 20});
  auto service = start_bank(schema.conninfo());
  hand_written_limit limit{plan};
  std::atomic<std::size_t> touched{0};
  // Each command finds its aggregate cold: no key is used twice.
  const auto run_ours = [&](seconds round, std::size_t end) {
    return run_callers(
      hand_written_limit::callers, round, [&](std::size_t number) {
        return [&, end, random = fast_random{number + touched}]() mutable {
          const auto mine = touched.fetch_add(1);
          if (mine >= end)
            return false;
          deposit_and_wait(service, {keys[mine],
                                     deposit_of_usual_size(),
                                     {.id = random.id()}});
          return true;
        };
      });
  };
  limit.warm_up();
  static_cast<void>(run_ours(plan.warm_up, plan.cold_streams));
  std::vector<double> rates;
  latency_histogram latency;
  for (std::size_t round = 0; round < plan.rounds; ++round) {
    limit.run_round();
    touched = plan.cold_streams * (round + 1);
    const auto report = run_ours(plan.round, plan.cold_streams * (round + 2));
    rates.push_back(report.rate());
    latency.add(*report.latency);
  }
  service.stop();
  figure shown;
  shown.name = "cold_command";
  shown.unit = "commands/s";
  shown.value = spread_of(rates);
  shown.bar = 1;
  shown.ours = "64 threads, each command to an account that is not in memory "
               "and has 20 events";
  shown.against = hand_written_limit::meaning;
  set_limit(shown, rates, limit.rates());
  set_latency(shown, latency);
  return {shown};
}

} // namespace cafes::bench
