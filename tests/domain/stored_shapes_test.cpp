// SPDX-License-Identifier: MIT
#include "domain/account.hpp"
#include "domain/audit.hpp"
#include "domain/balances.hpp"
#include "domain/daily_totals.hpp"

#include <cafes/codec.hpp>
#include <cafes/detail/shape.hpp>
#include <cafes/detail/typed_aggregate.hpp>

#include <boost/test/unit_test.hpp>

// Names, shapes and texts of what the bank has stored. A change needs a new
// schema version; these lines stay.

namespace bank {

BOOST_AUTO_TEST_SUITE(stored_shapes)

namespace {

template <class Event>
void check_golden(const Event& happened, const std::string& name, int version,
                  const std::string& shape, const std::string& text) {
  BOOST_TEST((cafes::detail::event_type_of<Event>()
              == cafes::detail::event_type{name, version, shape}));
  BOOST_TEST(cafes::encode(happened).value() == text);
  BOOST_TEST((cafes::decode<Event>(text).value() == happened));
}

} // namespace

BOOST_AUTO_TEST_CASE(account_opened_version_1) {
  check_golden(opened{"Ann \xc3\x96. \"O'Neil\"", cents{50000}},
               "account.opened", 1, "{owner:string,overdraft_limit:int64}",
               "{\"owner\":\"Ann \xc3\x96. \\\"O'Neil\\\"\","
               "\"overdraft_limit\":50000}");
}

BOOST_AUTO_TEST_CASE(account_deposited_version_1) {
  check_golden(deposited{cents{12345}, "salary"}, "account.deposited", 1,
               "{amount:int64,reference:string}",
               R"({"amount":12345,"reference":"salary"})");
}

BOOST_AUTO_TEST_CASE(account_withdrawn_version_1) {
  check_golden(withdrawn{cents{9223372036854775807}, ""}, "account.withdrawn",
               1, "{amount:int64,reference:string}",
               R"({"amount":9223372036854775807,"reference":""})");
}

BOOST_AUTO_TEST_CASE(account_closed_version_1) {
  check_golden(closed{}, "account.closed", 1, "{}", "{}");
}

BOOST_AUTO_TEST_CASE(the_account_knows_these_events_and_no_others) {
  BOOST_TEST(account::category == "account");
  BOOST_TEST(account::events::size == 4);
}

BOOST_AUTO_TEST_CASE(balances_version_1) {
  BOOST_TEST(balances::name == "balances");
  BOOST_TEST(balances::version == 1);
  BOOST_TEST(cafes::detail::shape_of<balances::document>()
             == "{owner:string,balance:int64,transactions:int64,is_open:bool}");
  BOOST_TEST(
    cafes::encode(balances::document{"ann", cents{-10}, 3, true}).value()
    == R"({"owner":"ann","balance":-10,"transactions":3,)"
       R"("is_open":true})");
}

BOOST_AUTO_TEST_CASE(daily_totals_version_1) {
  const std::string shape = "{deposits:int64,deposited:int64?,"
                            "withdrawals:int64,withdrawn:int64?}";
  const daily_totals::totals one{1, cents{5}, 2, std::nullopt};
  const std::string text = R"({"deposits":1,"deposited":5,"withdrawals":2,)"
                           R"("withdrawn":null})";
  BOOST_TEST(daily_totals::name == "daily_totals");
  BOOST_TEST(daily_totals::version == 1);
  BOOST_TEST(cafes::detail::shape_of<daily_totals::document>()
             == "{account:string,month:string,total:" + shape
                  + ",days:[{day:uint32,total:" + shape + "}]}");
  BOOST_TEST(
    cafes::encode(daily_totals::document{"42", "2024-03", one, {{7, one}}})
      .value()
    == R"({"account":"42","month":"2024-03","total":)" + text
         + R"(,"days":[{"day":7,"total":)" + text + "}]}");
}

BOOST_AUTO_TEST_CASE(audit_version_1) {
  BOOST_TEST(audit::name == "audit");
  BOOST_TEST(audit::version == 1);
  BOOST_TEST(cafes::detail::shape_of<audit::document>()
             == "{events:[{stream:string,version:int64,kind:string,"
                "amount:int64?,recorded_at:string,correlation_id:string?,"
                "causation_id:string?}],more:int64}");
  BOOST_TEST(
    cafes::encode(audit::document{{{"account-42", 2, "account.closed",
                                    std::nullopt, "now", "c", std::nullopt}},
                                  3})
      .value()
    == R"({"events":[{"stream":"account-42","version":2,)"
       R"("kind":"account.closed","amount":null,"recorded_at":"now",)"
       R"("correlation_id":"c","causation_id":null}],"more":3})");
}

BOOST_AUTO_TEST_CASE(refusals_have_names_of_their_own) {
  const std::pair<refusal, std::string_view> names[]{
    {refusal::already_open, "already_open"},
    {refusal::not_open, "not_open"},
    {refusal::bad_amount, "bad_amount"},
    {refusal::insufficient_funds, "insufficient_funds"},
    {refusal::amount_too_large, "amount_too_large"},
    {refusal::balance_not_zero, "balance_not_zero"},
  };
  for (const auto& [reason, name] : names)
    BOOST_TEST(to_string(reason) == name);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace bank
