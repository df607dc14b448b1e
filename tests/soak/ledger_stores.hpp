// SPDX-License-Identifier: MIT
#pragma once

#include "tests/soak/campaign.hpp"
#include "tests/support/postgres_cluster.hpp"
#include "tests/support/scratch_folder.hpp"

#include <string>

namespace cafes::soak {

/// Stores in databases of a server of the test's own.
struct postgres_stores {
  test::postgres_cluster server;
  int made = 0;

  ledger_store another() {
    const auto dsn = server.new_database("ledger_" + std::to_string(++made));
    return {dsn, [dsn] { return test::open_postgres_log(dsn); }};
  }
};

/// Stores in files.
struct sqlite_stores {
  test::scratch_folder folder;
  int made = 0;

  ledger_store another() {
    const auto file = folder.path() + "/ledger_" + std::to_string(++made)
                      + ".db";
    return {"sqlite:" + file, [file] { return test::open_sqlite_log(file); }};
  }
};

/// Rounds that share a ledger and its history: streams get longer than a
/// round makes them, and the checks do not get too long.
inline constexpr std::int64_t rounds_of_a_ledger_max = 10;

/// Runs rounds on one ledger after the other and reports them as one row.
template <class Stores, class Round>
void run_campaigns(Stores& stores, test::seeded_random& chance,
                   soak_figures& row, std::int64_t rounds, Round&& round) {
  for (auto left = rounds; left > 0; left -= rounds_of_a_ledger_max) {
    campaign ledger{stores.another(), chance};
    ledger.start();
    for (auto each = std::min(left, rounds_of_a_ledger_max); each > 0; --each) {
      round(ledger);
      ++row.recoveries;
    }
    ledger.end(row);
  }
}

} // namespace cafes::soak
