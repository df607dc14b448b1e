// SPDX-License-Identifier: MIT
#include "tests/apps/bank_at.hpp"

#include <boost/test/unit_test.hpp>

#include <sqlite3.h>

#include <memory>
#include <stdexcept>

namespace cafes::test {

namespace {

struct filled_bank : bank_at {
  filled_bank() {
    open_accounts();
    (*this)({"view", "balances"});
  }

  /// What no program of ours does.
  void change_by_hand(const std::string& statement) const {
    sqlite3* opened = nullptr;
    const auto failed = sqlite3_open(file.c_str(), &opened);
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> session{
      opened, sqlite3_close};
    if (failed != SQLITE_OK
        || sqlite3_exec(opened, statement.c_str(), nullptr, nullptr, nullptr)
             != SQLITE_OK)
      throw std::runtime_error{sqlite3_errmsg(opened)};
  }

  [[nodiscard]] nlohmann::json listed(const std::string& projection) const {
    for (const auto& each : json_of((*this)({"projection", "list", "--json"})))
      if (each.at("name") == projection)
        return each;
    throw std::runtime_error{projection + " is not listed"};
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(projection_verb, filled_bank)

BOOST_AUTO_TEST_CASE(projections_are_listed) {
  const auto shown = listed("balances");
  BOOST_TEST(shown.at("version") == 1);
  BOOST_TEST(shown.at("phase") == "running");
  BOOST_TEST(shown.at("parked") == 0);
  BOOST_TEST(shown.at("paused") == "");
  const auto table = (*this)({"projection", "list"});
  BOOST_TEST(succeeds(table));
  BOOST_TEST(table.out.find("daily_totals") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_paused_projection_stays_so_until_it_is_resumed) {
  BOOST_TEST(succeeds((*this)(
    {"projection", "pause", "balances", "--why", "the auditor is here"})));
  const auto paused = listed("balances");
  BOOST_TEST(paused.at("phase") == "paused");
  BOOST_TEST(paused.at("paused") == "the auditor is here");
  BOOST_TEST(succeeds((*this)({"projection", "resume", "balances"})));
  BOOST_TEST(listed("balances").at("phase") == "running");
}

BOOST_AUTO_TEST_CASE(what_is_parked_is_listed_shown_and_tried_again) {
  change_by_hand(R"(UPDATE view_balances_1 SET data = '"no document"'
                    WHERE key = '7')");
  (*this)(
    {"send", "account", "7", "deposit", R"({"amount":1,"reference":"third"})"});
  (*this)({"view", "balances"});
  const auto list
    = (*this)({"projection", "parked", "list", "balances", "--json"});
  BOOST_TEST(succeeds(list));
  const auto parked = json_of(list);
  BOOST_TEST_REQUIRE(parked.size() == 1U);
  BOOST_TEST(parked.at(0).at("key") == "7");
  BOOST_TEST(parked.at(0).at("reason") == "document");
  const auto position
    = std::to_string(parked.at(0).at("position").get<std::int64_t>());
  const auto one
    = (*this)({"projection", "parked", "show", "balances", position});
  BOOST_TEST(succeeds(one));
  BOOST_TEST(json_of(one).at("event").at("data").at("reference") == "third");
  BOOST_TEST((*this)({"projection", "parked", "retry", "balances"}).code == 1);
  change_by_hand(R"(UPDATE view_balances_1 SET data =
    '{"owner":"ann","balance":70,"transactions":2,"is_open":true}'
    WHERE key = '7')");
  const auto again
    = (*this)({"projection", "parked", "retry", "balances", "--key", "7"});
  BOOST_TEST(succeeds(again));
  BOOST_TEST(again.out == "1 tried, 0 parked now\n");
  BOOST_TEST(json_of((*this)({"view", "balances", "7", "--json"})).at("balance")
             == 71);
}

BOOST_AUTO_TEST_CASE(what_is_not_there_is_said) {
  BOOST_TEST((*this)({"projection", "parked", "show", "balances", "1"}).code
             == 1);
  BOOST_TEST((*this)({"projection", "pause", "nobody"}).code != 0);
  BOOST_TEST(ends_with(64,
                       (*this)({"projection", "parked", "drop", "balances"}),
                       "--key is required"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
