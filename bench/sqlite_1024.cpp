// SPDX-License-Identifier: MIT
//
// Question: the same as commands_1024 on SQLite: of what a program reaches
// that does nothing but prepared INSERTs, how much remains?
#include "bench/accounts.hpp"
#include "bench/bare_sqlite.hpp"
#include "bench/batch_limit.hpp"
#include "bench/many_commands.hpp"
#include "bench/question.hpp"
#include "tests/support/scratch_folder.hpp"

namespace cafes::bench {

std::vector<figure> sqlite_1024(const run_plan& plan) {
  const test::scratch_folder folder;
  const auto ours = folder.path() + "/ours.db";
  const auto large = folder.path() + "/large.db";
  const auto as_ours = folder.path() + "/as_ours.db";
  const auto keys = account_keys(plan.accounts);
  prepare_store("sqlite:" + large, keys);
  prepare_store("sqlite:" + as_ours, keys);
  auto service = start_bank("sqlite:" + ours);
  open_accounts(service, keys);
  many_commands load{service, deposits{keys}, 1'024, plan, 0};
  const auto insert_into = [](const std::string& file) {
    return bare_sqlite{file, bank::deposited::event_name, deposited_data()};
  };
  auto large_inserts = insert_into(large);
  auto inserts_as_ours = insert_into(as_ours);
  batch_limit limit{large_inserts.program(), inserts_as_ours.program()};
  load.warm_up();
  limit.warm_up(plan.warm_up);
  for (std::size_t round = 0; round < plan.rounds; ++round) {
    limit.run_round(load.average_batch(), plan.round);
    load.run_round();
  }
  service.stop();
  figure shown;
  shown.name = "sqlite_1024";
  shown.unit = "commands/s";
  shown.bar = 0.7;
  shown.ours = "deposits to accounts in memory on a SQLite file, 1,024 "
               "outstanding, with command ids";
  shown.against = "bare prepared INSERTs of the same rows, a transaction for "
                  "each batch";
  load.describe(shown);
  set_limit(shown, load.rates(), limit.rates());
  shown.notes.push_back(limit.describe());
  return {shown};
}

} // namespace cafes::bench
