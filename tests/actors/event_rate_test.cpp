// SPDX-License-Identifier: MIT
#include "actors/read/event_rate.hpp"

#include <boost/test/unit_test.hpp>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(event_rate)

namespace {

using namespace std::chrono_literals;
using rate = actors::event_rate;

const rate::clock::time_point start{};

} // namespace

BOOST_AUTO_TEST_CASE(it_comes_from_what_was_seen) {
  rate events;
  events.seen(0, start);
  events.seen(2'000, start + 2s);
  BOOST_TEST(events.per_second(start + 2s) == 1'000.0);
}

BOOST_AUTO_TEST_CASE(nothing_and_one_look_tell_nothing) {
  rate events;
  BOOST_TEST(events.per_second(start) == 0.0);
  events.seen(100, start);
  BOOST_TEST(events.per_second(start) == 0.0);
}

BOOST_AUTO_TEST_CASE(only_the_last_ten_seconds_count) {
  rate events;
  for (int second = 0; second <= 30; ++second)
    events.seen(second < 20 ? second : 20 + (second - 20) * 100,
                start + std::chrono::seconds{second});
  BOOST_TEST(events.per_second(start + 30s) == 100.0);
}

BOOST_AUTO_TEST_CASE(it_falls_to_nothing_when_nothing_comes) {
  rate events;
  events.seen(0, start);
  events.seen(1'000, start + 1s);
  BOOST_TEST(events.per_second(start + 2s) == 500.0);
  BOOST_TEST(events.per_second(start + 60s) == 0.0);
}

BOOST_AUTO_TEST_CASE(many_looks_are_kept_in_little_room_and_lose_nothing) {
  rate events;
  for (int look = 0; look <= 8'000; ++look)
    events.seen(look, start + std::chrono::milliseconds{look});
  BOOST_TEST(events.per_second(start + 8s) == 1'000.0);
}

BOOST_AUTO_TEST_CASE(a_count_that_falls_is_another_one) {
  rate events;
  events.seen(5'000, start);
  events.seen(10, start + 1s);
  BOOST_TEST(events.per_second(start + 1s) == 0.0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
