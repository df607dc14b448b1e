// SPDX-License-Identifier: MIT
#include "domain/cents.hpp"

#include <boost/test/unit_test.hpp>

namespace bank {

BOOST_AUTO_TEST_SUITE(money)

namespace {

constexpr cents most{std::numeric_limits<std::int64_t>::max()};
constexpr cents least{std::numeric_limits<std::int64_t>::min()};

} // namespace

BOOST_AUTO_TEST_CASE(sums_and_differences_are_exact) {
  BOOST_TEST((plus(cents{10}, cents{20}) == cents{30}));
  BOOST_TEST((plus(cents{10}, cents{-20}) == cents{-10}));
  BOOST_TEST((minus(cents{10}, cents{20}) == cents{-10}));
  BOOST_TEST((plus(most, least) == cents{-1}));
  BOOST_TEST((minus(cents{-1}, most) == least));
}

BOOST_AUTO_TEST_CASE(what_fits_exactly_is_a_sum) {
  BOOST_TEST((plus(cents{most.count() - 1}, cents{1}) == most));
  BOOST_TEST((minus(cents{least.count() + 1}, cents{1}) == least));
  BOOST_TEST((plus(most, cents{0}) == most));
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_no_sum) {
  BOOST_TEST(!plus(most, cents{1}));
  BOOST_TEST(!plus(least, cents{-1}));
  BOOST_TEST(!minus(least, cents{1}));
  BOOST_TEST(!minus(most, cents{-1}));
  BOOST_TEST(!minus(cents{0}, least));
}

BOOST_AUTO_TEST_CASE(money_is_ordered_and_has_a_sign) {
  BOOST_TEST((cents{-1} < cents{} && cents{} < cents{1}));
  BOOST_TEST((cents{1}.is_positive() && !cents{1}.is_negative()));
  BOOST_TEST((cents{-1}.is_negative() && !cents{-1}.is_positive()));
  BOOST_TEST((!cents{}.is_positive() && !cents{}.is_negative()));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace bank
