// SPDX-License-Identifier: MIT
#include "tests/support/stored_log.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <set>

namespace cafes::test {

void check_sound(const std::vector<stored_event>& log) {
  std::int64_t head = 0;
  std::map<std::string, std::int64_t> versions;
  std::set<std::string> commands;
  for (const auto& event : log) {
    BOOST_REQUIRE_EQUAL(event.position, ++head);
    BOOST_TEST_CONTEXT(event.stream << " at position " << event.position)
    BOOST_REQUIRE_EQUAL(event.version, ++versions[event.stream]);
    BOOST_REQUIRE(!event.command_id.empty());
    BOOST_REQUIRE_MESSAGE(commands.insert(event.command_id).second,
                          "command " << event.command_id << " is stored twice");
  }
}

std::int64_t check_holds_only(const std::vector<stored_event>& log,
                              const statement& of) {
  std::map<std::string, std::vector<const statement::row*>> rows;
  for (const auto& row : of.rows)
    rows["account-" + row.account].push_back(&row);
  std::int64_t transactions = 0;
  for (const auto& event : log) {
    BOOST_TEST_CONTEXT(event.stream << " version " << event.version) {
      if (event.version == 1) {
        BOOST_REQUIRE_EQUAL(event.type, "account.opened");
        continue;
      }
      const auto& wanted
        = *rows[event.stream].at(static_cast<std::size_t>(event.version) - 2);
      BOOST_REQUIRE_EQUAL(event.type, wanted.is_deposit ? "account.deposited"
                                                        : "account.withdrawn");
      BOOST_REQUIRE_EQUAL(event.amount, wanted.amount);
      BOOST_REQUIRE_EQUAL(event.reference, wanted.reference());
      ++transactions;
    }
  }
  return transactions;
}

void check_holds_exactly(stored_log& log, const statement& all) {
  const auto events = log.events();
  check_sound(events);
  check_holds_only(events, all);
  BOOST_TEST(std::ssize(events) == all.events());
  BOOST_TEST(log.integrity() == "ok");
}

} // namespace cafes::test
