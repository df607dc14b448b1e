// SPDX-License-Identifier: MIT
#include "domain/daily_totals.hpp"

#include <cafes/testkit.hpp>

#include <boost/test/unit_test.hpp>

#include <limits>

namespace bank {

using cafes::projected;
using cafes::recorded;

BOOST_AUTO_TEST_SUITE(account_daily_totals)

namespace {

using namespace std::chrono_literals;

using totals = daily_totals::totals;

constexpr cents most{std::numeric_limits<std::int64_t>::max()};

constexpr day new_year{2024y / 1 / 1};

cafes::timestamp noon_of(day at) {
  return std::chrono::sys_days{at} + 12h;
}

} // namespace

BOOST_AUTO_TEST_CASE(events_of_a_day_are_added_up) {
  BOOST_TEST(
    projected<daily_totals>("account-42",
                            deposited{cents{100}, "1 2024-03-07 a"},
                            withdrawn{cents{30}, "2 2024-03-07 b"},
                            deposited{cents{5}, "3 2024-03-07 c"})
      .then("42/2024-03", {"42",
                           "2024-03",
                           totals{2, cents{105}, 1, cents{30}},
                           {{7, totals{2, cents{105}, 1, cents{30}}}}}));
}

BOOST_AUTO_TEST_CASE(days_stand_in_the_order_of_the_calendar) {
  BOOST_TEST(projected<daily_totals>("account-42",
                                     deposited{cents{1}, "1 2024-03-31 a"},
                                     deposited{cents{2}, "2 2024-03-01 b"},
                                     withdrawn{cents{4}, "3 2024-03-15 c"})
               .then("42/2024-03", {"42",
                                    "2024-03",
                                    totals{2, cents{3}, 1, cents{4}},
                                    {{1, totals{1, cents{2}, 0, cents{0}}},
                                     {15, totals{0, cents{0}, 1, cents{4}}},
                                     {31, totals{1, cents{1}, 0, cents{0}}}}}));
}

BOOST_AUTO_TEST_CASE(each_month_has_a_document) {
  const auto made = projected<daily_totals>(
    "account-42", deposited{cents{1}, "1 2024-03-31 a"},
    deposited{cents{2}, "2 2024-04-01 b"});
  BOOST_TEST(
    made.then("42/2024-03", {"42",
                             "2024-03",
                             totals{1, cents{1}, 0, cents{0}},
                             {{31, totals{1, cents{1}, 0, cents{0}}}}}));
  BOOST_TEST(
    made.then("42/2024-04", {"42",
                             "2024-04",
                             totals{1, cents{2}, 0, cents{0}},
                             {{1, totals{1, cents{2}, 0, cents{0}}}}}));
}

BOOST_AUTO_TEST_CASE(money_without_a_booked_day_counts_when_it_was_recorded) {
  BOOST_TEST(
    projected<daily_totals>("account-42", recorded(deposited{cents{1}, "first"},
                                                   noon_of(new_year)))
      .then("42/2024-01", {"42",
                           "2024-01",
                           totals{1, cents{1}, 0, cents{0}},
                           {{1, totals{1, cents{1}, 0, cents{0}}}}}));
}

// The decider bounds the balance; what goes in and out in turn can be more.
BOOST_AUTO_TEST_CASE(a_sum_that_does_not_fit_is_null_and_stays_so) {
  const deposited all{most, "1 2024-03-07 a"};
  const deposited more{cents{1}, "2 2024-03-08 b"};
  const withdrawn back{most, "3 2024-03-07 c"};
  BOOST_TEST(projected<daily_totals>("account-42", all, back, more, more)
               .then("42/2024-03", {"42",
                                    "2024-03",
                                    totals{3, std::nullopt, 1, most},
                                    {{7, totals{1, most, 1, most}},
                                     {8, totals{2, cents{2}, 0, cents{0}}}}}));
  BOOST_TEST(
    projected<daily_totals>("account-42", back, back)
      .then("42/2024-03", {"42",
                           "2024-03",
                           totals{0, cents{0}, 2, std::nullopt},
                           {{7, totals{0, cents{0}, 2, std::nullopt}}}}));
}

BOOST_AUTO_TEST_CASE(opening_and_closing_move_no_money) {
  BOOST_TEST(
    projected<daily_totals>("account-42", opened{"ann", cents{5}}, closed{})
      .nothing());
}

BOOST_AUTO_TEST_CASE(the_longest_account_keys_have_totals_of_their_own) {
  const std::string fits(247, 'x');
  BOOST_TEST(daily_totals::key_of(fits, new_year) == fits + "/2024-01");
  const auto one = daily_totals::key_of(std::string(255, 'x'), new_year);
  const auto other = daily_totals::key_of(std::string(254, 'x'), new_year);
  BOOST_TEST(one != other);
  BOOST_TEST(one.ends_with("/2024-01~"));
  // No other account can be called so that it meets them.
  BOOST_TEST(daily_totals::key_of(one, new_year) != one);
  const std::string longest(255, 'x');
  BOOST_TEST(projected<daily_totals>("account-" + longest,
                                     deposited{cents{1}, "1 2024-01-01 a"})
               .then(one, {longest,
                           "2024-01",
                           totals{1, cents{1}, 0, cents{0}},
                           {{1, totals{1, cents{1}, 0, cents{0}}}}}));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace bank
