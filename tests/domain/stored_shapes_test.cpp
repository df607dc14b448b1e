// SPDX-License-Identifier: MIT
#include "domain/account.hpp"
#include "domain/balances.hpp"

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
