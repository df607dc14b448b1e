// SPDX-License-Identifier: MIT
#include "tests/support/bank_program.hpp"
#include "tests/support/bank_store.hpp"

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <string>

namespace cafes::test {

namespace {

void send(const bank_store& store, const std::string& command,
          const std::string& fields) {
  BOOST_TEST(ends_with(0, bank({"send", "account", "7", command, fields,
                                "--store", store.dsn()})));
}

} // namespace

CAFES_BANK_TEST(a_view_is_followed_until_it_is_asked_to_stop) {
  send(store, "open", R"({"owner":"ann","overdraft_limit":0})");
  child_process following{
    bank_command({"view", "balances", "--follow", "--store", store.dsn()})};
  const auto says = [&](const std::string& words) {
    return following.reaches(
      [&] { return following.out().find(words) != std::string::npos; });
  };
  BOOST_TEST(says(R"("balance":0,)"));
  // A SQLite file belongs to one process at a time.
  if (store.dsn().rfind("sqlite:", 0) != 0) {
    send(store, "deposit", R"({"amount":50,"reference":"first"})");
    BOOST_TEST(says(R"("balance":50,)"));
  }
  ::kill(following.pid(), SIGTERM);
  BOOST_TEST(succeeds(following.wait()));
}

CAFES_BANK_TEST(a_follower_of_a_view_that_is_not_there_is_told) {
  send(store, "open", R"({"owner":"ann","overdraft_limit":0})");
  BOOST_TEST(
    ends_with(65, bank({"view", "nothing", "--follow", "--store", store.dsn()}),
              "nothing"));
}

} // namespace cafes::test
