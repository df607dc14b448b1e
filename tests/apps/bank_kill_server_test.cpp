// SPDX-License-Identifier: MIT
#include "tests/support/bank_program.hpp"
#include "tests/support/postgres_cluster.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/stored_log.hpp"

#include <boost/test/unit_test.hpp>

// The PostgreSQL server is killed under a running import. The server is the
// test's own, so CAFES_TEST_POSTGRES is not asked for.

namespace cafes::test {

namespace {

using std::chrono::milliseconds;

constexpr int rounds = 10;

struct killed_server {
  /// Kills the server when the import has stored a random part; true if the
  /// import was under way.
  bool kill_under(child_process& import, stored_log& log) {
    const auto wanted = random.between(1, all.events() * 2 / 3);
    static_cast<void>(import.reaches([&] { return log.head() >= wanted; }));
    static_cast<void>(import.ends_within(milliseconds{random.between(0, 20)}));
    server.kill();
    return !import.ends_within(milliseconds{0});
  }

  /// What an import that has ended said is what is stored.
  void check(const child_end& ended, stored_log& log) const {
    const auto events = log.events();
    check_sound(events);
    const auto stored = check_holds_only(events, all);
    if (ended.code == 0 || !ended.out.empty()) {
      const auto printed = summary_in(ended);
      BOOST_TEST(printed.accepted + printed.repeated <= stored);
    }
    if (ended.code == 0) {
      BOOST_TEST(stored == std::ssize(all.rows));
    } else {
      BOOST_TEST(ends_with(75, ended, "import the file again"));
    }
  }

  [[nodiscard]] std::vector<std::string>
  import_into(const std::string& conninfo) const {
    return {"import", path, "--store", conninfo};
  }

  void finish(const std::string& conninfo) const {
    const auto ended = bank(import_into(conninfo));
    BOOST_TEST(ends_with(0, ended));
    BOOST_TEST(summary_in(ended).agreeing == summary_in(ended).stated);
    BOOST_TEST((balances_in(conninfo) == all.last_balances()));
    check_holds_exactly(*open_postgres_log(conninfo), all);
  }

  seeded_random random{"kill server"};
  statement all = make_statement({10'000, 100}, random);
  scratch_folder folder;
  std::string path = [this] {
    write_file(folder.path() + "/statement.csv", all.text());
    return folder.path() + "/statement.csv";
  }();
  postgres_cluster server;
};

} // namespace

BOOST_AUTO_TEST_SUITE(slow_server)

BOOST_FIXTURE_TEST_CASE(an_import_outlives_the_death_of_its_server,
                        killed_server) {
  int under_way = 0;
  int finished = 0;
  for (int round = 0; round < rounds; ++round) {
    const auto conninfo = server.new_database("round_" + std::to_string(round));
    const auto log = open_postgres_log(conninfo);
    child_process import{bank_command(import_into(conninfo))};
    under_way += kill_under(import, *log) ? 1 : 0;
    // It stays away for a while, but less than an import waits for it.
    if (round % 5 == 4)
      static_cast<void>(
        import.ends_within(milliseconds{random.between(0, 5'000)}));
    server.restart();
    const auto ended = import.wait();
    finished += ended.code == 0 ? 1 : 0;
    BOOST_TEST_CONTEXT("round " << round << ": " << ended) {
      check(ended, *open_postgres_log(conninfo));
      finish(conninfo);
    }
  }
  BOOST_TEST_MESSAGE(under_way << " of " << rounds << " kills hit an import, "
                               << finished << " imports ended by themselves");
  BOOST_TEST(under_way >= rounds / 2);
}

BOOST_FIXTURE_TEST_CASE(an_import_whose_server_stays_away_says_so_and_ends,
                        killed_server) {
  const auto conninfo = server.new_database("away");
  child_process import{bank_command(import_into(conninfo))};
  const bool under_way = kill_under(import, *open_postgres_log(conninfo));
  const auto ended = import.wait();
  server.restart();
  BOOST_TEST(under_way);
  BOOST_TEST(ends_with(75, ended, "line "));
  BOOST_TEST(ends_with(75, ended, "import the file again"));
  check(ended, *open_postgres_log(conninfo));
  finish(conninfo);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
