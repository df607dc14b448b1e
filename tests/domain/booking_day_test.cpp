// SPDX-License-Identifier: MIT
#include "domain/booking_day.hpp"

#include <boost/test/unit_test.hpp>

namespace bank {

BOOST_AUTO_TEST_SUITE(booking_day)

namespace {

using namespace std::chrono_literals;

constexpr day leap_day{2024y / 2 / 29};
/// A microsecond before midnight.
constexpr cafes::timestamp late{std::chrono::sys_days{2026y / 11 / 23} + 24h
                                - 1us};

} // namespace

BOOST_AUTO_TEST_CASE(a_day_of_the_calendar_is_read) {
  BOOST_TEST((parse_day("2024-02-29") == leap_day));
  BOOST_TEST((parse_day("0001-12-31") == day{1y / 12 / 31}));
}

BOOST_AUTO_TEST_CASE(what_is_no_day_of_the_calendar_is_none) {
  for (const auto* text :
       {"", "2023-02-29", "2024-13-01", "2024-00-01", "2024-01-00",
        "2024-01-32", "2024-1-001", "24-01-01", "2024/01/01", "2024-01-1x",
        "2024-01-01 ", "-024-01-01", "2024--1-01", "2024-01--1", "2024-01-+1"})
    BOOST_TEST(!parse_day(text), text);
}

BOOST_AUTO_TEST_CASE(a_month_has_four_digits_and_two) {
  BOOST_TEST(month_of(leap_day) == "2024-02");
  BOOST_TEST(month_of(day{7y / 11 / 1}) == "0007-11");
}

BOOST_AUTO_TEST_CASE(a_row_of_a_statement_keeps_its_day) {
  for (const auto* description : {"", "rent, 2023-01-01", "  "})
    BOOST_TEST(
      (booked_on(statement_reference("497211", "2024-02-29", description), late)
       == leap_day));
  BOOST_TEST((booked_on("497211 2024-02-29", late) == leap_day));
}

BOOST_AUTO_TEST_CASE(any_other_reference_has_the_day_of_its_recording_in_utc) {
  for (const auto* reference :
       {"", " ", "rent", "rent of 2024-02-29", "2024-02-29", "2024-02-29 rent",
        "1 2023-02-29 rent", "1  2024-02-29 rent", "1 2024-02-29, rent"})
    BOOST_TEST((booked_on(reference, late) == day{2026y / 11 / 23}), reference);
  BOOST_TEST((booked_on("", late + 1us) == day{2026y / 11 / 24}));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace bank
