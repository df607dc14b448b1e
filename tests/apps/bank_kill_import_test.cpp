// SPDX-License-Identifier: MIT
#include "tests/support/bank_program.hpp"
#include "tests/support/bank_store.hpp"
#include "tests/support/scratch_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <regex>

// An import that is killed loses nothing that it had said was done, and leaves
// a store with which the next one can go on.

namespace cafes::test {

namespace {

using std::chrono::milliseconds;

constexpr int rounds = 20;

/// Rows that have their answer, by the last progress bar on the terminal.
std::int64_t rows_done(const std::string& terminal) {
  const std::regex bar{"\\] ([0-9]+)/[0-9]+ [0-9]+/s"};
  std::int64_t done = 0;
  for (std::sregex_iterator each{terminal.begin(), terminal.end(), bar}, end;
       each != end; ++each)
    done = std::stoll(each->str(1));
  return done;
}

struct killed_import {
  explicit killed_import(seeded_random& chance) : random{chance} {
    write_file(path, all.text());
  }

  /// Kills an import at a random moment; true if it was under way.
  bool kill_once(const bank_store& store) {
    const auto log = store.open_log();
    const auto before = log->head();
    // Half of what is left, so that there is something left afterwards.
    const auto wanted = random.between(before,
                                       before + (all.events() - before) / 2);
    child_process import{bank_command({"import", path, "--store", store.dsn()}),
                         {.terminal = true}};
    static_cast<void>(import.reaches([&] { return log->head() >= wanted; }));
    // Anywhere between two commits, not only after one.
    static_cast<void>(import.ends_within(milliseconds{random.between(0, 20)}));
    const auto ended = import.kill();
    check(ended, *log);
    const auto head = log->head();
    return ended.signal == SIGKILL && head > 0 && head < all.events();
  }

  void check(const child_end& ended, stored_log& log) const {
    const auto events = log.events();
    check_sound(events);
    const auto stored = check_holds_only(events, all);
    BOOST_TEST(rows_done(ended.err) <= stored);
  }

  void finish(const bank_store& store) const {
    const auto ended = bank({"import", path, "--store", store.dsn()});
    BOOST_TEST(ends_with(0, ended));
    const auto printed = summary_in(ended);
    BOOST_TEST(printed.accepted + printed.repeated == std::ssize(all.rows));
    BOOST_TEST(printed.agreeing == printed.stated);
    BOOST_TEST((balances_in(store.dsn()) == all.last_balances()));
    check_holds_exactly(*store.open_log(), all);
  }

  seeded_random& random;
  scratch_folder folder;
  std::string path = folder.path() + "/statement.csv";
  statement all = make_statement({10'000, 100}, random);
};

} // namespace

CAFES_BANK_TEST(a_killed_import_can_be_repeated_until_all_is_exact, "slow_") {
  seeded_random random{"kill import"};
  killed_import import{random};
  int under_way = 0;
  for (int round = 0; round < rounds; round += 2) {
    const auto fresh = store.another();
    under_way += import.kill_once(*fresh) ? 1 : 0;
    under_way += import.kill_once(*fresh) ? 1 : 0;
    import.finish(*fresh);
  }
  BOOST_TEST_MESSAGE(under_way << " of " << rounds << " kills hit an import "
                               << "that had stored a part");
  BOOST_TEST(under_way >= rounds / 2);
}

// What has been answered is on disk: the process may die at once.
CAFES_BANK_TEST(an_answer_outlives_the_process_that_gave_it, "slow_") {
  BOOST_TEST(ends_with(0, bank({"send", "account", "7", "open",
                                R"({"owner":"ann","overdraft_limit":0})",
                                "--store", store.dsn()})));
  const auto log = store.open_log();
  for (std::int64_t version = 2; version <= 6; ++version) {
    child_process send{bank_command({"send", "account", "7", "deposit",
                                     R"({"amount":1,"reference":"x"})",
                                     "--store", store.dsn()})};
    BOOST_TEST(send.reaches([&] { return send.out().ends_with("\n"); }));
    const auto ended = send.kill();
    BOOST_TEST(ended.out.starts_with("accepted: account-7 version "
                                     + std::to_string(version)),
               ended);
    BOOST_TEST(log->head() == version);
  }
}

} // namespace cafes::test
