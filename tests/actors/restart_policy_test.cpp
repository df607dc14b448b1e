// SPDX-License-Identifier: MIT
#include "actors/restart_policy.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(restart_policy)

namespace {

using actors::restart_pause;
using namespace std::chrono_literals;

constexpr actors::restart_pauses usual{.shortest = 3s, .longest = 30s};

} // namespace

BOOST_AUTO_TEST_CASE(the_pause_doubles_with_each_failure_up_to_the_longest) {
  BOOST_TEST((restart_pause(usual, 1, 0) == 3s));
  BOOST_TEST((restart_pause(usual, 2, 0) == 6s));
  BOOST_TEST((restart_pause(usual, 3, 0) == 12s));
  BOOST_TEST((restart_pause(usual, 4, 0) == 24s));
  BOOST_TEST((restart_pause(usual, 5, 0) == 30s));
}

BOOST_AUTO_TEST_CASE(any_number_of_failures_gives_the_longest_pause) {
  BOOST_TEST((restart_pause(usual, std::numeric_limits<std::uint64_t>::max(), 0)
              == 30s));
}

BOOST_AUTO_TEST_CASE(chance_shortens_the_pause_by_at_most_a_fifth) {
  BOOST_TEST((restart_pause(usual, 1, 600) == 2400ms));
  BOOST_TEST((restart_pause(usual, 1, 601) == 3000ms));
  for (std::uint32_t chance = 0; chance < 10'000; ++chance) {
    const auto pause = restart_pause(usual, 1, chance);
    BOOST_REQUIRE((pause >= 2400ms && pause <= 3000ms));
  }
}

BOOST_AUTO_TEST_CASE(equal_inputs_give_equal_pauses) {
  BOOST_TEST((restart_pause(usual, 3, 77) == restart_pause(usual, 3, 77)));
}

BOOST_AUTO_TEST_CASE(a_shortest_pause_above_the_longest_is_the_longest) {
  BOOST_TEST((restart_pause({.shortest = 60s, .longest = 30s}, 1, 0) == 30s));
}

BOOST_AUTO_TEST_CASE(no_pause_at_all_is_possible) {
  BOOST_TEST((restart_pause({.shortest = 0s, .longest = 0s}, 9, 5) == 0s));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
