// SPDX-License-Identifier: MIT
//
// Question: how many events a second does the server take, if somebody sends
// it nothing but events, in batches of 1,000?
#include "bench/accounts.hpp"
#include "bench/bare_copy.hpp"
#include "bench/question.hpp"
#include "tests/support/scratch_schema.hpp"

namespace cafes::bench {

std::vector<figure> bare_copy_rate(const run_plan& plan) {
  const test::scratch_schema schema;
  prepare_store(schema.conninfo(), account_keys(plan.accounts));
  bare_copy copy{schema.conninfo(), bank::deposited::event_name,
                 deposited_data()};
  static_cast<void>(copy.run(1'000, plan.warm_up));
  std::vector<double> rates;
  latency_histogram latency;
  for (std::size_t round = 0; round < plan.rounds; ++round) {
    const auto report = copy.run(1'000, plan.round);
    rates.push_back(report.rate());
    latency.add(*report.latency);
  }
  figure shown;
  shown.name = "bare_copy";
  shown.unit = "events/s";
  shown.value = spread_of(rates);
  shown.ours = "COPY in binary format of the same rows, 1,000 a transaction, "
               "one connection, plain libpq; it is the limit itself";
  shown.against = "-";
  set_latency(shown, latency);
  shown.notes.push_back("p50 and p99 are those of a batch");
  return {shown};
}

} // namespace cafes::bench
