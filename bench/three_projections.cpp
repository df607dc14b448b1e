// SPDX-License-Identifier: MIT
//
// Question: what do commands at their peak lose when three views are built
// beside them, and how far do the views fall behind meanwhile?
#include "bench/accounts.hpp"
#include "bench/bank_views.hpp"
#include "bench/lag_watch.hpp"
#include "bench/many_commands.hpp"
#include "bench/question.hpp"
#include "tests/support/scratch_schema.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace cafes::bench {

namespace {

std::string describe(const lag_report& lag) {
  const auto ms_at = [&](double part) {
    return std::chrono::duration<double, std::milli>{lag.times->at(part)}
      .count();
  };
  return fmt::format("the slowest view was at most {} events behind; an event "
                     "was in all views after {:.0f} ms (p50), {:.0f} ms (p99), "
                     "{:.0f} ms at most",
                     lag.events_max, ms_at(0.5), ms_at(0.99), ms_at(1));
}

} // namespace

std::vector<figure> three_projections(const run_plan& plan) {
  const test::scratch_schema bare;
  const test::scratch_schema viewed;
  const auto keys = account_keys(plan.accounts);
  auto without = start_bank(bare.conninfo());
  auto with = start_bank_with_three_views(viewed.conninfo());
  open_accounts(without, keys);
  open_accounts(with, keys);
  many_commands alone{without, deposits{keys}, 1'024, plan,
                      server_of(bare.conninfo())};
  many_commands beside{with, deposits{keys}, 1'024, plan,
                       server_of(viewed.conninfo())};
  alone.warm_up();
  beside.warm_up();
  lag_report lag;
  for (std::size_t round = 0; round < plan.rounds; ++round) {
    drain_views(with);
    alone.run_round();
    lag_watch watch{with};
    beside.run_round();
    // Nothing of the views runs on beside the others' round.
    const auto seen = watch.finish();
    lag.times->add(*seen.times);
    lag.events_max = std::max(lag.events_max, seen.events_max);
  }
  with.stop();
  without.stop();
  figure shown;
  shown.name = "three_projections";
  shown.unit = "commands/s";
  shown.bar = 0.75;
  shown.ours = "deposits, 1,024 outstanding, while three views are built: "
               "balances, account_use, paid_in_by_digit";
  shown.against = "the same without projections, by turns";
  beside.describe(shown);
  set_limit(shown, beside.rates(), alone.rates());
  shown.notes.push_back(describe(lag));
  return {shown};
}

} // namespace cafes::bench
