// SPDX-License-Identifier: MIT
#include "tests/support/bank_program.hpp"
#include "tests/support/bank_store.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/statement_file.hpp"

#include <boost/test/unit_test.hpp>

#include <numeric>

// What an import makes of a statement as it should be.

namespace cafes::test {

namespace {

struct statement_on_disk {
  explicit statement_on_disk(statement_size size) {
    seeded_random random{"statement"};
    all = make_statement(size, random);
    write_file(path(), all.text());
  }

  [[nodiscard]] std::string path() const {
    return folder.path() + "/statement.csv";
  }

  scratch_folder folder;
  statement all;
};

child_end import_of(const statement_on_disk& file, const bank_store& store) {
  return bank({"import", file.path(), "--store", store.dsn()});
}

} // namespace

CAFES_BANK_TEST(every_account_ends_with_the_last_balance_of_the_file) {
  const statement_on_disk file{{2'000, 40}};
  BOOST_TEST(ends_with(0, import_of(file, store)));
  BOOST_TEST((balances_in(store.dsn()) == file.all.last_balances()));
  check_holds_exactly(*store.open_log(), file.all);
}

CAFES_BANK_TEST(an_import_sums_up_what_it_did) {
  const statement_on_disk file{{2'000, 40}};
  const auto ended = import_of(file, store);
  const auto printed = summary_in(ended);
  const auto last = file.all.last_balances();
  BOOST_TEST(printed.accounts == 40);
  BOOST_TEST(printed.events == 2'040);
  BOOST_TEST(printed.new_events == 2'040);
  BOOST_TEST(printed.accepted == 2'000);
  BOOST_TEST(printed.repeated == 0);
  BOOST_TEST(printed.refused == 0);
  BOOST_TEST(printed.lag == 0);
  BOOST_TEST(printed.sum
             == std::accumulate(last.begin(), last.end(), std::int64_t{0},
                                [](auto sum, const auto& account) {
                                  return sum + account.second;
                                }));
  BOOST_TEST(printed.agreeing == 40);
  BOOST_TEST(printed.stated == 40);
  // stdout is for the summary, talk goes to stderr.
  BOOST_TEST(ended.out.starts_with("accounts "));
  BOOST_TEST(ended.err.starts_with("import ["));
  BOOST_TEST(ended.err.find("2000/2000") != std::string::npos);
}

CAFES_BANK_TEST(importing_again_adds_nothing) {
  const statement_on_disk file{{2'000, 40}};
  BOOST_TEST(ends_with(0, import_of(file, store)));
  const auto again = import_of(file, store);
  BOOST_TEST(ends_with(0, again));
  const auto printed = summary_in(again);
  BOOST_TEST(printed.new_events == 0);
  BOOST_TEST(printed.accepted == 0);
  BOOST_TEST(printed.repeated == 2'000);
  BOOST_TEST(printed.agreeing == 40);
  BOOST_TEST((balances_in(store.dsn()) == file.all.last_balances()));
  check_holds_exactly(*store.open_log(), file.all);
}

CAFES_BANK_TEST(a_longer_statement_adds_only_what_is_new) {
  const statement_on_disk file{{2'000, 40}};
  auto part = file.all;
  part.rows.resize(1'500);
  const auto path = file.folder.path() + "/part.csv";
  write_file(path, part.text());
  BOOST_TEST(ends_with(0, bank({"import", path, "--store", store.dsn()})));
  const auto printed = summary_in(import_of(file, store));
  BOOST_TEST(printed.repeated == 1'500);
  BOOST_TEST(printed.accepted == 500);
  check_holds_exactly(*store.open_log(), file.all);
}

// The window of an aggregate holds its last 1,000 commands: the older ones
// have to be found in the stream.
CAFES_BANK_TEST(rows_older_than_the_command_window_are_not_imported_twice) {
  const statement_on_disk file{{2'500, 1}};
  BOOST_TEST(ends_with(0, import_of(file, store)));
  const auto printed = summary_in(import_of(file, store));
  BOOST_TEST(printed.repeated == 2'500);
  BOOST_TEST(printed.new_events == 0);
  check_holds_exactly(*store.open_log(), file.all);
}

BOOST_AUTO_TEST_SUITE(sqlite)

BOOST_AUTO_TEST_CASE(the_statement_that_comes_with_the_bank_is_exact) {
  const auto store = make_bank_store(bank_backend::sqlite);
  const auto ended = bank({"import", CAFES_STATEMENT, "--store", store->dsn()});
  BOOST_TEST(ends_with(0, ended));
  const auto printed = summary_in(ended);
  BOOST_TEST(printed.accounts == 24);
  BOOST_TEST(printed.accepted == 590);
  BOOST_TEST(printed.agreeing == 24);
  BOOST_TEST(printed.stated == 24);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
