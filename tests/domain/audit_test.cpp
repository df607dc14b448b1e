// SPDX-License-Identifier: MIT
#include "domain/audit.hpp"

#include <cafes/testkit.hpp>

#include <boost/test/unit_test.hpp>

namespace bank {

using cafes::projected;
using cafes::recorded;

BOOST_AUTO_TEST_SUITE(account_audit)

namespace {

using namespace std::chrono_literals;

const std::string first = "0f8fad5b-d9cb-469f-a165-70867728950e";
const std::string second = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const std::string third = "16fd2706-8baf-433b-82eb-8c7fada847da";

constexpr cafes::timestamp noon{
  std::chrono::sys_days{std::chrono::year{2024} / 3 / 7} + 12h};
const std::string noon_text = "2024-03-07T12:00:00.000000Z";

cafes::uuid id(const std::string& text) {
  return cafes::parse_uuid(text).value();
}

} // namespace

BOOST_AUTO_TEST_CASE(a_command_is_shown_with_what_came_of_it) {
  const cafes::provenance from{id(first), id(second), id(third)};
  BOOST_TEST(projected<audit>("account-42", opened{"ann", cents{0}},
                              recorded(deposited{cents{100}, "a"}, noon, from))
               .then(first, {{{"account-42", 2, "account.deposited", cents{100},
                               noon_text, second, third}},
                             0}));
}

BOOST_AUTO_TEST_CASE(each_kind_of_event_has_its_name_and_amount) {
  const auto by = [](const auto& event) {
    return recorded(event, noon, {id(first), {}, {}});
  };
  BOOST_TEST(projected<audit>("account-42", by(opened{"ann", cents{7}}),
                              by(deposited{cents{5}, ""}),
                              by(withdrawn{cents{5}, ""}), by(closed{}))
               .then(first, {{{"account-42", 1, "account.opened", std::nullopt,
                               noon_text, std::nullopt, std::nullopt},
                              {"account-42", 2, "account.deposited", cents{5},
                               noon_text, std::nullopt, std::nullopt},
                              {"account-42", 3, "account.withdrawn", cents{5},
                               noon_text, std::nullopt, std::nullopt},
                              {"account-42", 4, "account.closed", std::nullopt,
                               noon_text, std::nullopt, std::nullopt}},
                             0}));
}

BOOST_AUTO_TEST_CASE(commands_without_an_id_are_left_out) {
  BOOST_TEST(projected<audit>("account-42", opened{"ann", cents{0}},
                              recorded(closed{}, noon, {{}, id(second), {}}))
               .nothing());
}

BOOST_AUTO_TEST_CASE(each_command_has_a_document) {
  const auto made = projected<audit>(
    "account-42", recorded(opened{"ann", cents{0}}, noon, {id(first), {}, {}}),
    recorded(closed{}, noon, {id(second), {}, {}}));
  BOOST_TEST(
    made.then(first, {{{"account-42", 1, "account.opened", std::nullopt,
                        noon_text, std::nullopt, std::nullopt}},
                      0}));
  BOOST_TEST(
    made.then(second, {{{"account-42", 2, "account.closed", std::nullopt,
                         noon_text, std::nullopt, std::nullopt}},
                       0}));
}

BOOST_AUTO_TEST_CASE(one_id_for_many_accounts_names_them_and_stays_bounded) {
  audit::document command;
  const cafes::provenance from{id(first), {}, {}};
  for (int account = 0; account < 103; ++account) {
    const cafes::stream_name stream{"account", std::to_string(account)};
    audit::apply(command,
                 {stream, cafes::version{1}, cafes::position{account + 1}, noon,
                  from},
                 opened{});
  }
  BOOST_TEST_REQUIRE(command.events.size() == audit::entries_max);
  BOOST_TEST(command.events.front().stream == "account-0");
  BOOST_TEST(command.events.back().stream == "account-99");
  BOOST_TEST(command.more == 3);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace bank
