// SPDX-License-Identifier: MIT
#include <cafes/timestamp.hpp>

#include <boost/test/unit_test.hpp>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(timestamps)

namespace {

std::string text(std::int64_t microseconds) {
  return to_string(timestamp{std::chrono::microseconds{microseconds}});
}

} // namespace

BOOST_AUTO_TEST_CASE(a_time_is_written_in_utc_with_microseconds) {
  BOOST_TEST(text(1'779'010'200'000'001) == "2026-05-17T09:30:00.000001Z");
  BOOST_TEST(text(0) == "1970-01-01T00:00:00.000000Z");
  BOOST_TEST(text(999'999) == "1970-01-01T00:00:00.999999Z");
}

BOOST_AUTO_TEST_CASE(a_leap_day_is_a_day) {
  BOOST_TEST(text(1'709'164'800'000'000) == "2024-02-29T00:00:00.000000Z");
}

BOOST_AUTO_TEST_CASE(a_time_before_1970_is_written_too) {
  BOOST_TEST(text(-1) == "1969-12-31T23:59:59.999999Z");
}

BOOST_AUTO_TEST_CASE(now_does_not_go_back_within_a_test) {
  const auto first = now();
  BOOST_TEST((now() >= first));
  BOOST_TEST((first > timestamp{std::chrono::days{20'000}}));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
