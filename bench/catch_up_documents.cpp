// SPDX-License-Identifier: MIT
//
// Question: a view that is new reads the whole log. How many events a second
// go into documents that are stored with their checkpoint, page by page, and
// what takes the time?
#include "bench/accounts.hpp"
#include "bench/bank_views.hpp"
#include "bench/bare_read.hpp"
#include "bench/past_accounts.hpp"
#include "bench/question.hpp"
#include "bench/view_stages.hpp"
#include "tests/support/scratch_schema.hpp"

#include <fmt/format.h>

#include <chrono>

namespace cafes::bench {

namespace {

constexpr double rate_bar = 60'000;

/// As if no service had ever built one.
void forget_balances(const session& on) {
  run(on, "DROP TABLE view_balances_1");
  run(on, "DELETE FROM checkpoints");
  run(on, "DELETE FROM views");
}

/// From the start of the service until the view holds all; events a second.
double build_balances(const std::string& store, std::size_t events) {
  const auto started = std::chrono::steady_clock::now();
  auto service = start_bank_with_balances(store);
  drain_views(service);
  const seconds took = std::chrono::steady_clock::now() - started;
  service.stop();
  return static_cast<double>(events) / took.count();
}

} // namespace

std::vector<figure> catch_up_documents(const run_plan& plan) {
  const test::scratch_schema schema;
  prepare_store(schema.conninfo(), {});
  add_past_accounts(schema.conninfo(),
                    {.count = plan.accounts,
                     .events_each = plan.catch_up_events / plan.accounts});
  const auto on = connect(schema.conninfo());
  bare_read bare{schema.conninfo()};
  static_cast<void>(bare.run(true, plan.warm_up));
  std::vector<double> rates;
  std::vector<double> limits;
  for (std::size_t round = 0; round < plan.rounds; ++round) {
    limits.push_back(bare.run(true, plan.round).rate());
    if (round > 0)
      forget_balances(on);
    rates.push_back(build_balances(schema.conninfo(), plan.catch_up_events));
  }
  figure shown;
  shown.name = "catch_up_documents";
  shown.unit = "events/s";
  shown.value = spread_of(rates);
  shown.ours = fmt::format("the bank's balances from the first to the last of "
                           "{} events of {} accounts side by side, by a "
                           "service that does nothing else",
                           plan.catch_up_events, plan.accounts);
  shown.against = "bare prepared SELECT of the same rows, pages of 1,000, in "
                  "binary format, not looked at";
  set_limit(shown, rates, limits);
  shown.notes.push_back(value_note(shown, rate_bar));
  shown.notes.push_back(
    time_view_stages(schema.conninfo(), plan.catch_up_events / 5).describe());
  return {shown};
}

} // namespace cafes::bench
