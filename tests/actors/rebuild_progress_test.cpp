// SPDX-License-Identifier: MIT
#include "actors/read/rebuild_progress.hpp"

#include <boost/test/unit_test.hpp>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(rebuild_progress)

namespace {

using namespace std::chrono_literals;
using progress = actors::rebuild_progress;

const progress::clock::time_point start{};

rebuild_status shown(const progress& seen, int build, std::int64_t at,
                     std::int64_t until) {
  rebuild_status status;
  status.build = build;
  status.checkpoint = position{at};
  seen.show(position{until}, status);
  return status;
}

} // namespace

BOOST_AUTO_TEST_CASE(rate_and_time_left_come_from_what_was_seen) {
  progress seen;
  seen.seen(2, position{0}, start);
  seen.seen(2, position{2'000}, start + 2s);
  const auto status = shown(seen, 2, 2'000, 5'500);
  BOOST_TEST(status.events_per_second == 1'000.0);
  BOOST_REQUIRE(status.remaining.has_value());
  BOOST_TEST(status.remaining->count() == 4);
}

BOOST_AUTO_TEST_CASE(one_look_tells_nothing) {
  progress seen;
  seen.seen(2, position{100}, start);
  BOOST_TEST(shown(seen, 2, 100, 500).events_per_second == 0.0);
  BOOST_TEST(!shown(seen, 2, 100, 500).remaining.has_value());
}

BOOST_AUTO_TEST_CASE(only_the_last_ten_seconds_count) {
  progress seen;
  for (int second = 0; second <= 30; ++second)
    seen.seen(2, position{second < 20 ? second : 20 + (second - 20) * 100},
              start + std::chrono::seconds{second});
  BOOST_TEST(shown(seen, 2, 1'020, 1'020).events_per_second == 100.0);
  BOOST_TEST(shown(seen, 2, 1'020, 1'020).remaining->count() == 0);
}

BOOST_AUTO_TEST_CASE(another_build_is_looked_at_anew) {
  progress seen;
  seen.seen(2, position{0}, start);
  seen.seen(2, position{2'000}, start + 2s);
  seen.seen(3, position{10}, start + 3s);
  BOOST_TEST(shown(seen, 3, 10, 500).events_per_second == 0.0);
  BOOST_TEST(shown(seen, 2, 10, 500).events_per_second == 0.0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
