// SPDX-License-Identifier: MIT
#include "domain/account.hpp"

#include <cafes/testkit.hpp>

#include <boost/test/unit_test.hpp>

#include <limits>

// Every command in every state of an account: unopened, open, closed.

namespace bank {

using cafes::given;

BOOST_AUTO_TEST_SUITE(accounts)

namespace {

constexpr cents most{std::numeric_limits<std::int64_t>::max()};
constexpr cents least{std::numeric_limits<std::int64_t>::min()};

const opened without_credit{"ann", cents{0}};
const opened with_credit{"ann", cents{500}};

} // namespace

// -- open ---------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(an_account_is_opened_with_owner_and_limit) {
  const auto answered = given<account>().when(open{"ann", cents{500}});
  BOOST_TEST(answered.then(opened{"ann", cents{500}}));
  BOOST_TEST(answered.state({account::phase::open, cents{0}, cents{500}}));
}

BOOST_AUTO_TEST_CASE(an_account_is_opened_without_overdraft) {
  BOOST_TEST(given<account>().when(open{"ann", cents{0}}).then(without_credit));
}

BOOST_AUTO_TEST_CASE(a_negative_overdraft_limit_is_refused) {
  for (const auto limit : {cents{-1}, least})
    BOOST_TEST(
      given<account>().when(open{"ann", limit}).refused(refusal::bad_amount));
}

BOOST_AUTO_TEST_CASE(an_open_account_is_not_opened_again) {
  BOOST_TEST(given<account>(without_credit)
               .when(open{"bob", cents{0}})
               .refused(refusal::already_open));
}

BOOST_AUTO_TEST_CASE(a_closed_account_is_not_opened_again) {
  BOOST_TEST(given<account>(without_credit, closed{})
               .when(open{"ann", cents{0}})
               .refused(refusal::already_open));
}

// -- deposit ------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(a_deposit_raises_the_balance) {
  const auto answered = given<account>(without_credit,
                                       deposited{cents{1}, "first"})
                          .when(deposit{cents{99}, "pay"});
  BOOST_TEST(answered.then(deposited{cents{99}, "pay"}));
  BOOST_TEST(answered.state({account::phase::open, cents{100}, cents{0}}));
}

BOOST_AUTO_TEST_CASE(a_deposit_of_nothing_or_less_is_refused) {
  for (const auto amount : {cents{0}, cents{-1}, least})
    BOOST_TEST(given<account>(without_credit)
                 .when(deposit{amount, ""})
                 .refused(refusal::bad_amount));
}

BOOST_AUTO_TEST_CASE(a_deposit_to_the_greatest_balance_is_accepted) {
  const auto answered = given<account>(without_credit, deposited{cents{1}, ""})
                          .when(deposit{cents{most.count() - 1}, ""});
  BOOST_TEST(answered.then(deposited{cents{most.count() - 1}, ""}));
  BOOST_TEST(answered.state({account::phase::open, most, cents{0}}));
}

BOOST_AUTO_TEST_CASE(a_deposit_above_the_greatest_balance_is_refused) {
  BOOST_TEST(given<account>(without_credit, deposited{cents{1}, ""})
               .when(deposit{most, ""})
               .refused(refusal::amount_too_large));
}

BOOST_AUTO_TEST_CASE(a_deposit_to_an_account_that_is_not_open_is_refused) {
  BOOST_TEST(
    given<account>().when(deposit{cents{1}, ""}).refused(refusal::not_open));
  BOOST_TEST(given<account>(without_credit, closed{})
               .when(deposit{cents{1}, ""})
               .refused(refusal::not_open));
}

// -- withdraw -----------------------------------------------------------------

BOOST_AUTO_TEST_CASE(a_withdrawal_lowers_the_balance) {
  const auto answered = given<account>(without_credit,
                                       deposited{cents{100}, ""})
                          .when(withdraw{cents{30}, "rent"});
  BOOST_TEST(answered.then(withdrawn{cents{30}, "rent"}));
  BOOST_TEST(answered.state({account::phase::open, cents{70}, cents{0}}));
}

BOOST_AUTO_TEST_CASE(the_whole_balance_can_be_withdrawn) {
  BOOST_TEST(given<account>(without_credit, deposited{cents{100}, ""})
               .when(withdraw{cents{100}, ""})
               .then(withdrawn{cents{100}, ""}));
}

BOOST_AUTO_TEST_CASE(withdrawing_more_than_the_balance_is_refused) {
  BOOST_TEST(given<account>(without_credit, deposited{cents{100}, ""})
               .when(withdraw{cents{101}, ""})
               .refused(refusal::insufficient_funds));
}

// [limit]
BOOST_AUTO_TEST_CASE(the_limit_can_be_reached_exactly) {
  const auto answered = given<account>(with_credit, deposited{cents{100}, ""})
                          .when(withdraw{cents{600}, ""});
  BOOST_TEST(answered.then(withdrawn{cents{600}, ""}));
  BOOST_TEST(answered.state({account::phase::open, cents{-500}, cents{500}}));
}

BOOST_AUTO_TEST_CASE(withdrawing_more_than_balance_and_limit_is_refused) {
  BOOST_TEST(given<account>(with_credit, deposited{cents{100}, ""})
               .when(withdraw{cents{601}, ""})
               .refused(refusal::insufficient_funds));
}
// [/limit]

BOOST_AUTO_TEST_CASE(a_withdrawal_of_nothing_or_less_is_refused) {
  for (const auto amount : {cents{0}, cents{-1}, least})
    BOOST_TEST(given<account>(with_credit)
                 .when(withdraw{amount, ""})
                 .refused(refusal::bad_amount));
}

BOOST_AUTO_TEST_CASE(balance_and_limit_together_may_exceed_every_amount) {
  BOOST_TEST(given<account>(opened{"ann", most}, deposited{most, ""})
               .when(withdraw{most, ""})
               .then(withdrawn{most, ""}));
}

BOOST_AUTO_TEST_CASE(the_greatest_limit_can_be_used_up) {
  BOOST_TEST(given<account>(opened{"ann", most})
               .when(withdraw{most, ""})
               .then(withdrawn{most, ""}));
  BOOST_TEST(given<account>(opened{"ann", most}, withdrawn{most, ""})
               .when(withdraw{cents{1}, ""})
               .refused(refusal::insufficient_funds));
}

BOOST_AUTO_TEST_CASE(a_balance_below_every_amount_is_refused) {
  BOOST_TEST(given<account>(opened{"ann", most}, withdrawn{most, ""})
               .when(withdraw{most, ""})
               .refused(refusal::amount_too_large));
}

BOOST_AUTO_TEST_CASE(a_withdrawal_from_an_account_not_open_is_refused) {
  BOOST_TEST(
    given<account>().when(withdraw{cents{1}, ""}).refused(refusal::not_open));
  BOOST_TEST(given<account>(without_credit, closed{})
               .when(withdraw{cents{1}, ""})
               .refused(refusal::not_open));
}

// -- close --------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(an_empty_account_is_closed) {
  const auto answered = given<account>(without_credit, deposited{cents{1}, ""},
                                       withdrawn{cents{1}, ""})
                          .when(close{});
  BOOST_TEST(answered.then(closed{}));
  BOOST_TEST(answered.state({account::phase::closed, cents{0}, cents{0}}));
}

BOOST_AUTO_TEST_CASE(an_account_with_a_balance_is_not_closed) {
  BOOST_TEST(given<account>(without_credit, deposited{cents{1}, ""})
               .when(close{})
               .refused(refusal::balance_not_zero));
}

BOOST_AUTO_TEST_CASE(an_account_with_a_debt_is_not_closed) {
  BOOST_TEST(given<account>(with_credit, withdrawn{cents{1}, ""})
               .when(close{})
               .refused(refusal::balance_not_zero));
}

BOOST_AUTO_TEST_CASE(an_account_that_is_not_open_is_not_closed) {
  BOOST_TEST(given<account>().when(close{}).refused(refusal::not_open));
  BOOST_TEST(given<account>(without_credit, closed{})
               .when(close{})
               .refused(refusal::not_open));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace bank
