// SPDX-License-Identifier: MIT
#include "domain/balances.hpp"

#include <cafes/testkit.hpp>

#include <boost/test/unit_test.hpp>

namespace bank {

using cafes::projected;

BOOST_AUTO_TEST_SUITE(account_balances)

namespace {

const opened ann{"ann", cents{500}};

} // namespace

BOOST_AUTO_TEST_CASE(an_opened_account_holds_nothing_yet) {
  BOOST_TEST(projected<balances>("account-42", ann)
               .then("42", {"ann", cents{0}, 0, true}));
}

BOOST_AUTO_TEST_CASE(deposits_and_withdrawals_make_the_balance) {
  BOOST_TEST(projected<balances>("account-42", ann, deposited{cents{100}, "a"},
                                 withdrawn{cents{30}, "b"},
                                 withdrawn{cents{80}, "c"})
               .then("42", {"ann", cents{-10}, 3, true}));
}

BOOST_AUTO_TEST_CASE(a_closed_account_keeps_its_last_balance) {
  BOOST_TEST(projected<balances>("account-42", ann, deposited{cents{1}, ""},
                                 withdrawn{cents{1}, ""}, closed{})
               .then("42", {"ann", cents{0}, 2, false}));
}

BOOST_AUTO_TEST_CASE(a_document_has_the_key_of_its_account) {
  BOOST_TEST(projected<balances>("account-it's - me", ann)
               .then("it's - me", {"ann", cents{0}, 0, true}));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace bank
