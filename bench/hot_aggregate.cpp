// SPDX-License-Identifier: MIT
//
// Question: all 1,024 commands go to one account, whose decisions follow each
// other. Is that as fast as when they go to many, or does each wait for a
// commit?
#include "bench/accounts.hpp"
#include "bench/many_commands.hpp"
#include "bench/question.hpp"
#include "tests/support/scratch_schema.hpp"

namespace cafes::bench {

std::vector<figure> hot_aggregate(const run_plan& plan) {
  const test::scratch_schema schema;
  const auto keys = account_keys(plan.accounts);
  const std::vector<std::string> one_key{keys.front()};
  auto service = start_bank(schema.conninfo());
  open_accounts(service, keys);
  const auto server = server_of(schema.conninfo());
  many_commands hot{service, deposits{one_key}, 1'024, plan, server};
  many_commands all{service, deposits{keys}, 1'024, plan, server};
  all.warm_up();
  hot.warm_up();
  for (std::size_t round = 0; round < plan.rounds; ++round) {
    all.run_round();
    hot.run_round();
  }
  service.stop();
  figure shown;
  shown.name = "hot_aggregate";
  shown.unit = "commands/s";
  shown.bar = 1;
  shown.ours = "deposits to one account, 1,024 outstanding";
  shown.against = "ours of commands_1024: the same to many accounts";
  hot.describe(shown);
  set_limit(shown, hot.rates(), all.rates());
  return {shown};
}

} // namespace cafes::bench
