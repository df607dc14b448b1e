// SPDX-License-Identifier: MIT
#include "bench/figure.hpp"

#include <boost/test/unit_test.hpp>

namespace cafes::bench {

namespace {

figure with(double ratio, double bar, better wanted) {
  figure shown;
  shown.ratio = spread{ratio, ratio, ratio};
  shown.bar = bar;
  shown.wanted = wanted;
  return shown;
}

BOOST_AUTO_TEST_SUITE(figure_test)

BOOST_AUTO_TEST_CASE(a_spread_is_median_lowest_and_highest) {
  const auto seen = spread_of({3, 9, 1});
  BOOST_TEST(seen.median == 3);
  BOOST_TEST(seen.low == 1);
  BOOST_TEST(seen.high == 9);
}

BOOST_AUTO_TEST_CASE(ratios_are_taken_round_by_round) {
  // The machine was half as fast in the second round, for both.
  const auto seen = ratio_of({80, 30, 90}, {100, 50, 100});
  BOOST_TEST(seen.median == 0.8);
  BOOST_TEST(seen.low == 0.6);
  BOOST_TEST(seen.high == 0.9);
}

BOOST_AUTO_TEST_CASE(a_bar_is_reached_at_its_own_value) {
  BOOST_TEST(reaches_bar(with(0.75, 0.75, better::higher)));
  BOOST_TEST(!reaches_bar(with(0.74, 0.75, better::higher)));
  BOOST_TEST(reaches_bar(with(1.5, 1.5, better::lower)));
  BOOST_TEST(!reaches_bar(with(1.51, 1.5, better::lower)));
}

BOOST_AUTO_TEST_CASE(a_bar_that_is_no_ratio_is_said) {
  figure shown;
  shown.unit = "events/s";
  shown.value = {60'000, 1, 90'000};
  BOOST_TEST(value_note(shown, 60'000) == "bar: 60000 events/s, reached");
  BOOST_TEST(value_note(shown, 60'001) == "bar: 60001 events/s, MISSED");
  shown.wanted = better::lower;
  BOOST_TEST(value_note(shown, 59'999) == "bar: 59999 events/s, MISSED");
}

BOOST_AUTO_TEST_CASE(latencies_are_microseconds) {
  latency_histogram seen;
  seen.record(std::chrono::nanoseconds{64});
  figure shown;
  set_latency(shown, seen);
  BOOST_TEST(shown.p50_us == 0.064);
  BOOST_TEST(shown.p99_us == 0.064);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace

} // namespace cafes::bench
