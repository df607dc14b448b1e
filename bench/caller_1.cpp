// SPDX-License-Identifier: MIT
//
// Question: nobody else is there: how much longer does a command take than the
// INSERT that it comes to?
#include "bench/accounts.hpp"
#include "bench/bare_insert.hpp"
#include "bench/blocking_callers.hpp"
#include "bench/question.hpp"
#include "tests/support/scratch_schema.hpp"

#include <fmt/format.h>

namespace cafes::bench {

namespace {

double p50_us(const load_report& report) {
  return std::chrono::duration<double, std::micro>{report.latency->at(0.5)}
    .count();
}

} // namespace

std::vector<figure> caller_1(const run_plan& plan) {
  const test::scratch_schema ours;
  const test::scratch_schema limits;
  const auto keys = account_keys(plan.accounts);
  prepare_store(limits.conninfo(), keys);
  auto service = start_bank(ours.conninfo());
  open_accounts(service, keys);
  bare_insert insert{limits.conninfo(), bank::deposited::event_name,
                     deposited_data()};
  fast_random random{1};
  const auto run_ours = [&](seconds round) {
    return run_callers(1, round, [&](std::size_t) {
      return [&] {
        deposit_and_wait(service, deposits{keys}(random));
        return true;
      };
    });
  };
  static_cast<void>(insert.run(wire_format::binary, plan.warm_up));
  static_cast<void>(run_ours(plan.warm_up));
  std::vector<double> own;
  std::vector<double> text;
  std::vector<double> binary;
  latency_histogram latency;
  for (std::size_t round = 0; round < plan.rounds; ++round) {
    binary.push_back(p50_us(insert.run(wire_format::binary, plan.round)));
    const auto report = run_ours(plan.round);
    own.push_back(p50_us(report));
    latency.add(*report.latency);
    text.push_back(p50_us(insert.run(wire_format::text, plan.round)));
  }
  service.stop();
  const auto text_us = spread_of(text).median;
  const auto binary_us = spread_of(binary).median;
  figure shown;
  shown.name = "caller_1";
  shown.unit = "us p50";
  shown.value = spread_of(own);
  shown.bar = 1.5;
  shown.wanted = better::lower;
  shown.ours = "p50 of one thread that blocks on its future";
  shown.against = "p50 of a bare prepared INSERT of the same row, plain libpq";
  set_limit(shown, own, binary_us <= text_us ? binary : text);
  set_latency(shown, latency);
  shown.notes.push_back(fmt::format(
    "limit: {:.1f} us with text parameters, {:.1f} us with binary ones; the "
    "faster counts",
    text_us, binary_us));
  return {shown};
}

} // namespace cafes::bench
