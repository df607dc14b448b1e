// SPDX-License-Identifier: MIT
#include "actors/admission.hpp"

#include "tests/support/eventually.hpp"
#include "tests/support/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <future>
#include <thread>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(admission)

namespace {

using namespace std::chrono_literals;

using actors::admission_limits;

constexpr admission_limits two_of_ten_bytes{.commands_max = 2, .bytes_max = 10};

} // namespace

BOOST_AUTO_TEST_CASE(
  as_many_commands_as_the_bound_get_in_and_one_more_does_not) {
  actors::admission gate{two_of_ten_bytes};
  must(gate.enter(1));
  must(gate.enter(1));
  BOOST_TEST(fails_with(errc::overloaded, gate.enter(1),
                        "2 commands with 2 bytes are under way"));
  BOOST_TEST(gate.commands() == 2);
}

BOOST_AUTO_TEST_CASE(as_many_bytes_as_the_bound_get_in_and_one_more_does_not) {
  actors::admission gate{two_of_ten_bytes};
  must(gate.enter(9));
  BOOST_TEST(fails_with(errc::overloaded, gate.enter(2)));
  must(gate.enter(1));
}

BOOST_AUTO_TEST_CASE(a_refused_command_takes_no_place) {
  actors::admission gate{two_of_ten_bytes};
  for (int n = 0; n < 100; ++n)
    BOOST_TEST(fails_with(errc::overloaded, gate.enter(11)));
  must(gate.enter(10));
}

BOOST_AUTO_TEST_CASE(a_place_that_was_left_is_free) {
  actors::admission gate{two_of_ten_bytes};
  must(gate.enter(5));
  must(gate.enter(5));
  gate.leave(5);
  must(gate.enter(5));
}

BOOST_AUTO_TEST_CASE(a_closed_gate_refuses_with_its_first_reason) {
  actors::admission gate{two_of_ten_bytes};
  gate.close({errc::not_owner, "lost"});
  gate.close({errc::shutting_down, "stopping"});
  BOOST_TEST(fails_with(errc::not_owner, gate.enter(1), "lost"));
  BOOST_TEST(gate.commands() == 0);
}

BOOST_AUTO_TEST_CASE(waiting_for_an_empty_gate_ends_when_the_last_one_leaves) {
  actors::admission gate{two_of_ten_bytes};
  must(gate.enter(1));
  gate.close({errc::shutting_down, ""});
  auto empty = std::async(std::launch::async,
                          [&] { return gate.wait_until_empty(long_enough); });
  gate.leave(1);
  BOOST_TEST(get(std::move(empty)));
}

BOOST_AUTO_TEST_CASE(waiting_for_an_empty_gate_ends_with_the_time_given) {
  actors::admission gate{two_of_ten_bytes};
  must(gate.enter(1));
  gate.close({errc::shutting_down, ""});
  BOOST_TEST(!gate.wait_until_empty(1ms));
}

BOOST_AUTO_TEST_CASE(an_empty_gate_need_not_be_waited_for) {
  actors::admission gate{two_of_ten_bytes};
  BOOST_TEST(gate.wait_until_empty(0ms));
}

BOOST_AUTO_TEST_CASE(many_threads_never_get_beyond_the_bound_nor_lose_a_place) {
  actors::admission gate{{.commands_max = 3, .bytes_max = 1000}};
  std::atomic<int> inside{0};
  std::atomic<int> most{0};
  std::vector<std::jthread> callers;
  for (int caller = 0; caller < 8; ++caller)
    callers.emplace_back([&] {
      for (int n = 0; n < 5'000; ++n) {
        if (!gate.enter(10))
          continue;
        const auto now = ++inside;
        auto known = most.load();
        while (now > known && !most.compare_exchange_weak(known, now)) {
        }
        --inside;
        gate.leave(10);
      }
    });
  callers.clear();
  BOOST_TEST(most.load() <= 3);
  BOOST_TEST(gate.commands() == 0);
  must(gate.enter(1000));
}

BOOST_AUTO_TEST_CASE(nobody_is_inside_a_closed_gate_that_was_found_empty) {
  for (int round = 0; round < 200; ++round) {
    actors::admission gate{{.commands_max = 100, .bytes_max = 1000}};
    std::atomic<int> inside{0};
    std::atomic<bool> found_empty{false};
    std::atomic<bool> too_late{false};
    std::vector<std::jthread> callers;
    for (int caller = 0; caller < 3; ++caller)
      callers.emplace_back([&] {
        while (gate.enter(1)) {
          if (found_empty)
            too_late = true;
          gate.leave(1);
        }
      });
    gate.close({errc::shutting_down, ""});
    BOOST_REQUIRE(gate.wait_until_empty(long_enough));
    found_empty = true;
    callers.clear();
    BOOST_REQUIRE(!too_late);
  }
}

BOOST_AUTO_TEST_CASE(a_glance_sees_that_it_is_full_and_not_that_it_is_closed) {
  actors::admission gate{{.commands_max = 2, .bytes_max = 100}};
  must(gate.enter(1));
  BOOST_TEST(!gate.is_full());
  must(gate.enter(1));
  BOOST_TEST(gate.is_full());
  BOOST_TEST(gate.overloaded().code == errc::overloaded);
  gate.close({errc::shutting_down, ""});
  BOOST_TEST(!gate.is_full()); // enter has the reason
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
