// SPDX-License-Identifier: MIT
#include "actors/read/progress_watchdog.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(progress_watchdog)

namespace {

using namespace std::chrono_literals;

std::vector<projection_status> one_stuck_for(std::chrono::milliseconds time) {
  projection_status seen;
  seen.name = "balances";
  seen.phase = projection_phase::running;
  seen.checkpoint = position{7};
  seen.lag_events = 3;
  seen.stuck_for = time;
  return {seen};
}

} // namespace

BOOST_AUTO_TEST_CASE(one_that_is_far_behind_and_moves_is_well) {
  actors::progress_watchdog dog{60s};
  auto behind = one_stuck_for(0s);
  behind.front().lag_events = 1'000'000;
  BOOST_TEST(dog.look(behind).empty());
  BOOST_TEST(dog.look(one_stuck_for(59'999ms)).empty());
}

BOOST_AUTO_TEST_CASE(one_that_does_not_move_is_told_once_with_the_reason) {
  actors::progress_watchdog dog{60s};
  auto stuck = one_stuck_for(60s);
  stuck.front().last_error = "the disk is full";
  const auto found = dog.look(stuck);
  BOOST_REQUIRE(found.size() == 1U);
  BOOST_TEST(found.front().is_stuck);
  BOOST_TEST(found.front().text
             == "balances@7 has not moved for 60 s and is 3 events behind "
                "(running; last failure: the disk is full)");
  BOOST_TEST(dog.look(one_stuck_for(90s)).empty());
}

BOOST_AUTO_TEST_CASE(its_going_on_is_told_and_the_next_stand_still_too) {
  actors::progress_watchdog dog{60s};
  BOOST_TEST(dog.look(one_stuck_for(60s)).size() == 1U);
  const auto moved = dog.look(one_stuck_for(0s));
  BOOST_REQUIRE(moved.size() == 1U);
  BOOST_TEST(!moved.front().is_stuck);
  BOOST_TEST(moved.front().text == "balances@7 moves again");
  BOOST_TEST(dog.look(one_stuck_for(60s)).size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
