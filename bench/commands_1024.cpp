// SPDX-License-Identifier: MIT
//
// Question: of what the server takes from a program that does nothing but
// COPY, how much remains when each event is a command, decided by an aggregate
// in memory and answered when it is durable? 1,024 commands are outstanding.
#include "bench/accounts.hpp"
#include "bench/bare_copy.hpp"
#include "bench/batch_limit.hpp"
#include "bench/many_commands.hpp"
#include "bench/question.hpp"
#include "tests/support/scratch_schema.hpp"

namespace cafes::bench {

std::vector<figure> commands_1024(const run_plan& plan) {
  const test::scratch_schema ours;
  const test::scratch_schema large;
  const test::scratch_schema as_ours;
  const auto keys = account_keys(plan.accounts);
  prepare_store(large.conninfo(), keys);
  prepare_store(as_ours.conninfo(), keys);
  auto service = start_bank(ours.conninfo());
  open_accounts(service, keys);
  many_commands load{service, deposits{keys}, 1'024, plan,
                     server_of(ours.conninfo())};
  const auto copy_to = [](const test::scratch_schema& schema) {
    return bare_copy{schema.conninfo(), bank::deposited::event_name,
                     deposited_data()};
  };
  auto large_copy = copy_to(large);
  auto copy_as_ours = copy_to(as_ours);
  batch_limit limit{large_copy.program(), copy_as_ours.program()};
  load.warm_up();
  limit.warm_up(plan.warm_up);
  for (std::size_t round = 0; round < plan.rounds; ++round) {
    limit.run_round(load.average_batch(), plan.round);
    load.run_round();
  }
  service.stop();
  figure shown;
  shown.name = "commands_1024";
  shown.unit = "commands/s";
  shown.bar = 0.75;
  shown.ours = "deposits to accounts in memory, 1,024 outstanding, with "
               "command ids";
  shown.against = "bare COPY of the same rows";
  load.describe(shown);
  set_limit(shown, load.rates(), limit.rates());
  shown.notes.push_back(limit.describe());
  return {shown};
}

} // namespace cafes::bench
