// SPDX-License-Identifier: MIT
#include "tests/support/filled_window.hpp"
#include "tests/support/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(reaction_window)

namespace {

using namespace react;
using namespace std::chrono_literals;
using boost::test_tools::per_element;
using places = std::vector<std::int64_t>;

} // namespace

// -- lanes --------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(events_of_different_keys_are_under_way_together) {
  filled_window window{{"a", "b", "a", "c"}};
  BOOST_TEST(window.start_all() == (places{1, 2, 4}), per_element());
  BOOST_TEST(window.all.under_way() == 3U);
}

BOOST_AUTO_TEST_CASE(events_of_one_key_follow_each_other) {
  filled_window window{{"a", "a", "a"}};
  BOOST_TEST(window.start_all() == (places{1}), per_element());
  window.all.done(position{1});
  BOOST_TEST(window.start_all() == (places{2}), per_element());
  window.all.done(position{2});
  BOOST_TEST(window.start_all() == (places{3}), per_element());
}

BOOST_AUTO_TEST_CASE(the_oldest_event_that_may_be_reacted_to_is_next) {
  filled_window window{{"a", "b", "c"}};
  BOOST_TEST(window.all.next(start)->event->at == position{1});
  BOOST_TEST(!window.fail(1));
  BOOST_TEST(window.all.next(start)->event->at == position{2});
  BOOST_TEST(window.all.next(start + 1s)->event->at == position{1});
}

BOOST_AUTO_TEST_CASE(a_failing_event_waits_longer_each_time_and_alone) {
  filled_window window{{"a", "a", "b"}, quick_rules(5)};
  BOOST_TEST(window.all.next(start)->attempt == 1);
  BOOST_TEST(!window.fail(1));
  BOOST_TEST(window.react() == (places{3}), per_element());
  BOOST_TEST((window.all.next_due() == start + 1s));
  auto now = start;
  for (const auto pause : {1s, 2s, 4s, 4s}) {
    BOOST_TEST((window.all.next_due() == now + pause));
    BOOST_TEST(!window.all.next(now + pause - 1ms).has_value());
    now += pause;
    BOOST_TEST(window.all.next(now)->event->at == position{1});
    BOOST_TEST(!window.fail(1, refused, now));
  }
  BOOST_TEST(!window.all.next_due().has_value());
}

// -- the cursor ---------------------------------------------------------------

BOOST_AUTO_TEST_CASE(the_cursor_goes_to_the_end_of_what_is_finished) {
  filled_window window{{"a", "", "b", "", "c", ""}};
  window.start_all();
  BOOST_TEST(!window.all.to_store().has_value());
  window.all.done(position{3});
  BOOST_TEST(!window.all.to_store().has_value());
  window.all.done(position{1});
  BOOST_TEST(window.store().to == position{4});
  window.all.done(position{5});
  BOOST_TEST(window.store().to == position{6});
  BOOST_TEST(!window.all.to_store().has_value());
}

BOOST_AUTO_TEST_CASE(what_is_left_out_takes_no_room) {
  auto rules = quick_rules();
  rules.events_max = 2;
  filled_window window{{"", "", "", ""}, rules};
  BOOST_TEST(window.all.room() == 2U);
  BOOST_TEST(window.store().to == position{4});
}

BOOST_AUTO_TEST_CASE(a_window_is_full_at_its_bound_until_the_cursor_moves) {
  auto rules = quick_rules();
  rules.events_max = 2;
  filled_window window{{"a"}, rules};
  BOOST_TEST(window.all.room() == 1U);
  window.add("b");
  BOOST_TEST(window.all.room() == 0U);
  window.start_all();
  window.all.done(position{2});
  BOOST_TEST(window.all.room() == 0U);
  window.all.done(position{1});
  window.store();
  BOOST_TEST(window.all.room() == 2U);
}

BOOST_AUTO_TEST_CASE(a_window_is_full_at_its_bound_of_bytes) {
  auto rules = quick_rules();
  rules.bytes_max = 4;
  filled_window window{{"a"}, rules};
  BOOST_TEST(window.all.room() == rules.events_max - 1);
  window.add("b");
  BOOST_TEST(window.all.room() == 0U);
  window.react();
  BOOST_TEST(window.all.room() == rules.events_max - 2);
}

// -- parking ------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(after_its_attempts_an_event_is_parked_with_its_key) {
  filled_window window{{"a", "b", "a"}};
  BOOST_TEST(!window.fail_for_good());
  BOOST_TEST(!window.add("a"));
  BOOST_TEST(window.react(start + 9h) == (places{2}), per_element());
  const auto moved = window.store();
  BOOST_TEST(moved.to == position{4});
  BOOST_TEST(positions(moved.parked) == (places{1, 3, 4}), per_element());
  BOOST_TEST((moved.parked[0].reason == parking_reason::handler));
  BOOST_TEST(moved.parked[0].message == "refused");
  BOOST_TEST(moved.parked[0].attempts == 3);
  BOOST_TEST((moved.parked[1].reason == parking_reason::behind));
  BOOST_TEST(moved.parked[1].attempts == 0);
  BOOST_TEST(window.all.parked() == 3U);
}

BOOST_AUTO_TEST_CASE(what_must_not_be_tried_again_is_parked_at_once) {
  filled_window window{{"a"}};
  window.start_all();
  BOOST_TEST(!window.fail(1, hangs));
  BOOST_TEST(window.store().parked.at(0).attempts == 1);
}

BOOST_AUTO_TEST_CASE(what_is_parked_is_not_stored_before_the_cursor_comes_by) {
  filled_window window{{"a", "b"}};
  window.start_all();
  BOOST_TEST(!window.fail(2, hangs));
  BOOST_TEST(!window.all.to_store().has_value());
  window.all.done(position{1});
  BOOST_TEST(positions(window.store().parked) == (places{2}), per_element());
}

BOOST_AUTO_TEST_CASE(an_event_without_a_key_is_parked_with_its_stream) {
  filled_window window{{"a"}};
  BOOST_TEST(!window.all.add(
    event_at(2), {{}, tested::failure{parking_reason::unreadable, "what?"}}));
  BOOST_TEST(!window.all.add(event_at(3), of_key("a")));
  BOOST_TEST(!window.all.add(event_at(4, "2"), of_key("b")));
  BOOST_TEST(window.react() == (places{1, 4}), per_element());
  const auto parked = window.store().parked;
  BOOST_TEST(positions(parked) == (places{2, 3}), per_element());
  BOOST_TEST((parked[0].reason == parking_reason::unreadable));
  BOOST_TEST(parked[0].key == "tally-1");
  BOOST_TEST(parked[1].is_stream);
}

BOOST_AUTO_TEST_CASE(what_the_store_has_parked_holds_up_its_key) {
  actors::parked_keys parked;
  parked.add({position{-1}, "a", false, parking_reason::handler, "", 1,
              timestamp{}, parked_wish::none});
  filled_window window{{"a", "b"}, quick_rules(), parked};
  BOOST_TEST(window.react() == (places{2}), per_element());
  BOOST_TEST(positions(window.store().parked) == (places{1}), per_element());
  BOOST_TEST(window.all.parked() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
