// SPDX-License-Identifier: MIT
//
// Question: how much of the rate of commands_1024 remains when the store holds
// millions of events already?
//
// The limit writes into the same tables, while the service does not run, and
// before it: the log has one owner. So the rounds of one size follow each
// other, limit first, and are not interleaved.
#include "bench/accounts.hpp"
#include "bench/bare_copy.hpp"
#include "bench/many_commands.hpp"
#include "bench/past_accounts.hpp"
#include "bench/question.hpp"
#include "tests/support/scratch_schema.hpp"

#include <fmt/format.h>

#include <optional>

namespace cafes::bench {

namespace {

constexpr std::size_t events_each = 20;

/// What bare COPY reaches in this store, round by round.
std::vector<double> limit_rates(const std::string& conninfo,
                                const run_plan& plan) {
  std::vector<double> rates;
  for (std::size_t round = 0; round < plan.rounds; ++round) {
    // A new one each time: a round leaves rows unsent, and the log that the
    // service opens afterwards must not have holes.
    bare_copy copy{conninfo, bank::deposited::event_name, deposited_data()};
    rates.push_back(copy.run(1'000, plan.round).rate());
  }
  return rates;
}

figure measure_at(const std::string& conninfo, std::size_t stored,
                  const std::vector<std::string>& keys, const run_plan& plan) {
  const auto limits = limit_rates(conninfo, plan);
  auto service = start_bank(conninfo);
  // Into memory.
  fast_random random{stored + 1};
  send_all<bank::account>(service, keys, [&](const std::string& key) {
    return addressed<bank::deposit>{
      key, deposit_of_usual_size(), {.id = random.id()}};
  });
  many_commands load{service, deposits{keys}, 1'024, plan, server_of(conninfo)};
  load.warm_up();
  for (std::size_t round = 0; round < plan.rounds; ++round)
    load.run_round();
  service.stop();
  figure shown;
  shown.name = fmt::format("growth_{}", stored);
  shown.unit = "commands/s";
  shown.ours = fmt::format("commands_1024 with {} events stored before",
                           stored);
  shown.against = "bare COPY of the same rows, 1,000 a batch, into the same "
                  "tables, just before";
  load.describe(shown);
  set_limit(shown, load.rates(), limits);
  return shown;
}

} // namespace

std::vector<figure> growth(const run_plan& plan) {
  const test::scratch_schema schema;
  const auto keys = account_keys(plan.accounts);
  prepare_store(schema.conninfo(), keys);
  std::vector<figure> shown;
  std::size_t past = 0;
  for (const auto stored :
       {std::size_t{0}, plan.growth_first, plan.growth_second}) {
    const auto accounts = stored / events_each - past;
    if (accounts > 0)
      add_past_accounts(schema.conninfo(), {.first = past,
                                            .count = accounts,
                                            .events_each = events_each});
    past += accounts;
    shown.push_back(measure_at(schema.conninfo(), stored, keys, plan));
    shown.back().notes.push_back(
      fmt::format("{:.2f} of the rate with nothing stored",
                  shown.back().value.median / shown.front().value.median));
  }
  return shown;
}

} // namespace cafes::bench
