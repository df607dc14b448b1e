// SPDX-License-Identifier: MIT
#include "tests/support/bank_program.hpp"
#include "tests/support/bank_store.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

// Rebuilds of the views of the real statement, by the program.

namespace cafes::test {

namespace {

const std::vector<std::string> views{"balances", "daily_totals", "audit"};

struct imported_statement {
  explicit imported_statement(const bank_store& store) : dsn{store.dsn()} {
    BOOST_REQUIRE(
      ends_with(0, bank({"import", CAFES_STATEMENT, "--store", dsn})));
  }

  child_end operator()(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--store", dsn});
    return bank(arguments);
  }

  /// Every byte of a view.
  [[nodiscard]] std::string documents(const std::string& view) const {
    const auto shown = (*this)({"view", view, "--limit", "100000", "--json"});
    BOOST_TEST(succeeds(shown));
    return shown.out;
  }

  [[nodiscard]] nlohmann::json listed(const std::string& view) const {
    for (const auto& each : json_of((*this)({"projection", "list", "--json"})))
      if (each.at("name") == view)
        return each;
    return {};
  }

  std::string dsn;
};

} // namespace

CAFES_BANK_TEST(rebuilt_views_of_the_statement_equal_the_live_ones_by_byte) {
  const imported_statement run{store};
  for (const auto& view : views) {
    const auto live = run.documents(view);
    BOOST_TEST(live.size() > 1'000U);
    const auto rebuilt = run({"projection", "rebuild", view, "--json"});
    BOOST_TEST(ends_with(0, rebuilt));
    BOOST_TEST(json_of(rebuilt).at("build") == 2);
    BOOST_TEST(json_of(rebuilt).at("live") == true);
    BOOST_TEST(run.listed(view).at("build") == 2);
    BOOST_TEST((run.documents(view) == live), view);
  }
}

CAFES_BANK_TEST(a_view_is_rolled_back_to_the_one_before) {
  const imported_statement run{store};
  const auto live = run.documents("balances");
  BOOST_TEST(
    ends_with(65, run({"projection", "rollback", "balances"}), "no earlier"));
  BOOST_TEST(ends_with(0, run({"projection", "rebuild", "balances"})));
  BOOST_TEST(ends_with(0, run({"projection", "rollback", "balances"})));
  const auto shown = run.listed("balances");
  BOOST_TEST(shown.at("build") == 1);
  BOOST_TEST(shown.at("can_roll_back") == true);
  BOOST_TEST((run.documents("balances") == live));
}

CAFES_BANK_TEST(a_rebuild_is_left_to_others_and_cancelled) {
  const imported_statement run{store};
  BOOST_TEST(
    ends_with(65, run({"projection", "cancel", "balances"}), "no rebuild"));
  const auto asked
    = run({"projection", "rebuild", "balances", "--no-wait", "--json"});
  BOOST_TEST(succeeds(asked));
  BOOST_TEST(json_of(asked).at("build") == 2);
  BOOST_TEST(json_of(asked).at("live") == false);
  BOOST_TEST(ends_with(0, run({"projection", "rebuild", "balances"})));
  // The first may have been made by the process that asked for it.
  BOOST_TEST(run.listed("balances").at("build") >= 2);
}

} // namespace cafes::test
