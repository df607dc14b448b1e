// SPDX-License-Identifier: MIT
#include "tests/support/bank_program.hpp"
#include "tests/support/bank_store.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/seeded_random.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

// `--large-withdrawals FILE`: a reactor of the bank, seen from outside.

namespace cafes::test {

namespace {

constexpr std::int64_t large = 100'000;
constexpr int kills = 8;

/// A statement to import, and the file of its large withdrawals.
struct watched_bank {
  watched_bank(const bank_store& where, statement_size size,
               seeded_random& random)
    : store{where}, all{make_statement(size, random)} {
    write_file(path, all.text());
  }

  [[nodiscard]] std::vector<std::string>
  with_file(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(),
                     {"--store", store.dsn(), "--large-withdrawals", file});
    return arguments;
  }

  [[nodiscard]] std::vector<std::string> import_command() const {
    return with_file({"import", path});
  }

  /// Whole lines; a last one without an end is no line.
  [[nodiscard]] std::vector<nlohmann::json> lines() const {
    std::ifstream opened{file};
    std::vector<nlohmann::json> read;
    for (std::string line; std::getline(opened, line) && !opened.eof();)
      read.push_back(nlohmann::json::parse(line));
    return read;
  }

  [[nodiscard]] std::int64_t line_count() const {
    std::ifstream opened{file};
    return std::count(std::istreambuf_iterator<char>{opened},
                      std::istreambuf_iterator<char>{}, '\n');
  }

  [[nodiscard]] std::size_t large_ones() const {
    return static_cast<std::size_t>(
      std::count_if(all.rows.begin(), all.rows.end(), [](const auto& row) {
        return !row.is_deposit && row.amount >= large;
      }));
  }

  /// Each line is of an event of the log, and none is there twice; those of an
  /// account are in order.
  void check_lines() const {
    std::map<std::string, stored_event> events;
    for (auto& each : store.open_log()->events())
      if (each.type == "account.withdrawn" && each.amount >= large)
        events.emplace("large_withdrawals:0:" + std::to_string(each.position),
                       each);
    std::set<std::string> seen;
    std::map<std::string, std::int64_t> versions;
    for (const auto& line : lines()) {
      const std::string key = line.at("key");
      BOOST_REQUIRE(seen.insert(key).second);
      BOOST_REQUIRE(events.contains(key));
      const auto& event = events.at(key);
      const std::string account = line.at("account");
      BOOST_REQUIRE(event.stream == "account-" + account);
      BOOST_REQUIRE(line.at("version") == event.version);
      BOOST_REQUIRE(line.at("amount") == event.amount);
      BOOST_REQUIRE(line.at("reference") == event.reference);
      BOOST_REQUIRE(versions[account] < event.version);
      versions[account] = event.version;
    }
  }

  void check_all_lines() const {
    check_lines();
    BOOST_TEST(lines().size() == large_ones());
  }

  const bank_store& store;
  scratch_folder folder;
  std::string path = folder.path() + "/statement.csv";
  std::string file = folder.path() + "/large.jsonl";
  statement all;
};

} // namespace

CAFES_BANK_TEST(each_large_withdrawal_of_an_import_is_in_the_file_once) {
  seeded_random random{"withdrawals"};
  const watched_bank watched{store, {600, 10}, random};
  BOOST_TEST(ends_with(0, bank(watched.import_command())));
  BOOST_TEST(watched.large_ones() > 50U);
  watched.check_all_lines();
  BOOST_TEST(ends_with(0, bank(watched.import_command())));
  watched.check_all_lines();
}

CAFES_BANK_TEST(large_withdrawals_of_the_past_are_caught_up_with) {
  seeded_random random{"withdrawals"};
  const watched_bank watched{store, {600, 10}, random};
  BOOST_TEST(
    ends_with(0, bank({"import", watched.path, "--store", store.dsn()})));
  BOOST_TEST(watched.lines().empty());
  BOOST_TEST(ends_with(
    0, bank(watched.with_file({"send", "account", "new", "open",
                               R"({"owner":"eve","overdraft_limit":0})"}))));
  watched.check_all_lines();
}

CAFES_BANK_TEST(the_reactor_is_listed_and_obeys_the_program) {
  seeded_random random{"withdrawals"};
  const watched_bank watched{store, {60, 3}, random};
  BOOST_TEST(ends_with(0, bank(watched.import_command())));
  const auto listed = [&] {
    for (const auto& each :
         json_of(bank(watched.with_file({"projection", "list", "--json"}))))
      if (each.at("name") == "large_withdrawals")
        return each;
    return nlohmann::json{};
  };
  BOOST_TEST(listed().at("kind") == "reactor");
  BOOST_TEST(listed().at("phase") == "elsewhere");
  BOOST_TEST(listed().at("checkpoint") == 63);
  BOOST_TEST(succeeds(
    bank(watched.with_file({"projection", "pause", "large_withdrawals"}))));
  BOOST_TEST(listed().at("paused") == "paused by hand");
  BOOST_TEST(succeeds(
    bank(watched.with_file({"projection", "resume", "large_withdrawals"}))));
  BOOST_TEST(listed().at("paused") == "");
  const auto retried = bank(
    watched.with_file({"projection", "parked", "retry", "large_withdrawals"}));
  BOOST_TEST(succeeds(retried));
  BOOST_TEST(retried.out == "0 to be tried by the process that reacts\n");
}

CAFES_BANK_TEST(a_killed_import_leaves_each_large_withdrawal_in_the_file_once,
                "slow_") {
  seeded_random random{"kill withdrawals"};
  const watched_bank watched{store, {4'000, 50}, random};
  const auto wanted = static_cast<std::int64_t>(watched.large_ones());
  int under_way = 0;
  for (int round = 0; round < kills; ++round) {
    const auto before = watched.line_count();
    // Not all of what is left, so that there is something left afterwards.
    const auto until = random.between(before, before + (wanted - before) / 3);
    child_process import{bank_command(watched.import_command())};
    static_cast<void>(
      import.reaches([&] { return watched.line_count() >= until; }));
    static_cast<void>(
      import.ends_within(std::chrono::milliseconds{random.between(0, 20)}));
    const auto ended = import.kill();
    watched.check_lines();
    const auto after = watched.line_count();
    under_way
      += ended.signal == SIGKILL && after > before && after < wanted ? 1 : 0;
  }
  BOOST_TEST_MESSAGE(under_way << " of " << kills
                               << " kills hit a reactor that had written");
  BOOST_TEST(under_way >= kills / 2);
  BOOST_TEST(ends_with(0, bank(watched.import_command())));
  watched.check_all_lines();
  check_holds_exactly(*store.open_log(), watched.all);
}

} // namespace cafes::test
