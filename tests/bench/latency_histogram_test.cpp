// SPDX-License-Identifier: MIT
#include "bench/latency_histogram.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>

namespace cafes::bench {

namespace {

using std::chrono::nanoseconds;

BOOST_AUTO_TEST_SUITE(latency_histogram_test)

BOOST_AUTO_TEST_CASE(an_empty_histogram_answers_zero) {
  const latency_histogram nothing;
  BOOST_TEST(nothing.count() == 0U);
  BOOST_TEST(nothing.at(0.5).count() == 0);
}

BOOST_AUTO_TEST_CASE(small_values_are_exact) {
  latency_histogram seen;
  for (std::int64_t value = 0; value < 128; ++value)
    seen.record(nanoseconds{value});
  BOOST_TEST(seen.count() == 128U);
  BOOST_TEST(seen.at(0).count() == 0);
  BOOST_TEST(seen.at(0.5).count() == 63);
  BOOST_TEST(seen.at(1).count() == 127);
}

BOOST_AUTO_TEST_CASE(any_value_is_off_by_a_64th_at_most_and_never_too_small) {
  for (std::int64_t value = 1; value < (std::int64_t{1} << 61);
       value += value / 7 + 1) {
    latency_histogram seen;
    seen.record(nanoseconds{value});
    const auto shown = seen.at(0.5).count();
    BOOST_TEST_REQUIRE(shown >= value);
    BOOST_TEST_REQUIRE(shown - value <= value / 64);
  }
}

BOOST_AUTO_TEST_CASE(quantiles_count_what_lies_below) {
  latency_histogram seen;
  for (int fast = 0; fast < 99; ++fast)
    seen.record(nanoseconds{10});
  seen.record(nanoseconds{1'000'000});
  BOOST_TEST(seen.at(0.99).count() == 10);
  BOOST_TEST(seen.at(0.991).count() >= 1'000'000);
}

BOOST_AUTO_TEST_CASE(negative_durations_count_as_zero) {
  latency_histogram seen;
  seen.record(nanoseconds{-5});
  BOOST_TEST(seen.count() == 1U);
  BOOST_TEST(seen.at(1).count() == 0);
}

BOOST_AUTO_TEST_CASE(adding_counts_both) {
  latency_histogram one;
  latency_histogram other;
  one.record(nanoseconds{10});
  other.record(nanoseconds{20});
  other.record(nanoseconds{20});
  one.add(other);
  BOOST_TEST(one.count() == 3U);
  BOOST_TEST(one.at(0.3).count() == 10);
  BOOST_TEST(one.at(0.5).count() == 20);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace

} // namespace cafes::bench
