// SPDX-License-Identifier: MIT
#include "tests/support/filled_window.hpp"
#include "tests/support/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(reaction_wishes)

namespace {

using namespace react;
using namespace std::chrono_literals;
using boost::test_tools::per_element;
using places = std::vector<std::int64_t>;

} // namespace

// -- pausing ------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(a_strict_one_pauses_and_tries_the_same_event_again) {
  auto rules = quick_rules();
  rules.strict = true;
  filled_window window{{"a", "b"}, rules};
  const auto why = window.fail_for_good();
  BOOST_TEST(why.value_or("").find("position 1 (a): refused")
             != std::string::npos);
  BOOST_TEST(!window.all.to_store().has_value());
  BOOST_TEST(!window.all.resume().has_value());
  BOOST_TEST(window.all.next(start)->attempt == 1);
}

BOOST_AUTO_TEST_CASE(as_many_as_may_be_are_parked_and_one_more_pauses) {
  auto rules = quick_rules(1);
  rules.parked_max = 2;
  filled_window window{{"a", "a", "b", "b"}, rules};
  BOOST_TEST(window.all.next(start)->event->at == position{1});
  BOOST_TEST(!window.fail(1));
  BOOST_TEST(window.all.next(start)->event->at == position{3});
  BOOST_TEST(window.fail(3).has_value());
  BOOST_TEST(window.store().to == position{2});
  // Once there is room it goes on.
  window.wish("a", parked_wish::drop);
  BOOST_TEST(!window.all.resume().has_value());
  BOOST_TEST(window.react() == (places{2, 3, 4}), per_element());
}

BOOST_AUTO_TEST_CASE(an_event_that_may_not_be_parked_is_not_taken) {
  auto rules = quick_rules(1);
  rules.parked_max = 1;
  filled_window window{{"a"}, rules};
  window.start_all();
  BOOST_TEST(!window.fail(1));
  BOOST_TEST(window.add("a").has_value());
  BOOST_TEST(window.all.end() == position{1});
  BOOST_TEST(window.store().to == position{1});
}

// -- wishes -------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(a_retry_takes_all_of_a_key_in_order) {
  filled_window window{{"a", "a", "a"}};
  BOOST_TEST(!window.fail_for_good());
  window.store();
  window.wish("a", parked_wish::retry);
  BOOST_TEST(window.all.parked() == 3U);
  BOOST_TEST(!window.add("a"));
  BOOST_TEST(window.react() == (places{1, 2, 3, 4}), per_element());
  const auto moved = window.store();
  BOOST_TEST(moved.to == position{4});
  BOOST_TEST(moved.parked.empty());
  BOOST_TEST(moved.released.size() == 3U);
  BOOST_TEST(window.all.parked() == 0U);
}

BOOST_AUTO_TEST_CASE(a_retry_is_one_attempt_and_what_fails_stays_parked) {
  filled_window window{{"a", "a", "a"}};
  BOOST_TEST(!window.fail_for_good());
  window.store();
  window.wish("a", parked_wish::retry);
  window.start_all();
  window.all.done(position{1});
  BOOST_TEST(!window.add("a"));
  BOOST_TEST(window.start_all() == (places{2}), per_element());
  BOOST_TEST(!window.fail(2));
  BOOST_TEST(window.start_all().empty());
  const auto moved = window.store();
  BOOST_TEST((moved.released == std::vector{position{1}}));
  BOOST_TEST(positions(moved.parked) == (places{2, 3, 4}), per_element());
  BOOST_TEST((moved.parked[0].reason == parking_reason::handler));
  BOOST_TEST(moved.parked[0].attempts == 1);
  BOOST_TEST((moved.parked[1].reason == parking_reason::behind));
  BOOST_TEST(moved.to == position{4});
}

BOOST_AUTO_TEST_CASE(attempts_of_wishes_are_added) {
  filled_window window{{"a"}};
  BOOST_TEST(!window.fail_for_good());
  window.store();
  for (int more = 1; more <= 2; ++more) {
    window.wish("a", parked_wish::retry);
    window.start_all();
    BOOST_TEST(!window.fail(1));
    BOOST_TEST(window.store().parked.at(0).attempts == 3 + more);
  }
}

BOOST_AUTO_TEST_CASE(a_drop_forgets_the_one_that_failed) {
  filled_window window{{"a", "a"}};
  BOOST_TEST(!window.fail_for_good());
  window.store();
  window.wish("a", parked_wish::drop);
  BOOST_TEST(window.react() == (places{2}), per_element());
  BOOST_TEST(window.store().released.size() == 2U);
  BOOST_TEST(window.all.parked() == 0U);
}

BOOST_AUTO_TEST_CASE(what_is_parked_but_not_stored_goes_with_a_wish) {
  filled_window window{{"a", "b", "a"}};
  BOOST_TEST(!window.fail_for_good());
  // Position 2 is still under way: 3 cannot be stored as parked.
  BOOST_TEST(window.start_all(start + 9h) == (places{2}), per_element());
  BOOST_TEST(positions(window.store().parked) == (places{1}), per_element());
  window.wish("a", parked_wish::retry);
  BOOST_TEST(window.react() == (places{1, 3}), per_element());
  window.all.done(position{2});
  const auto moved = window.store();
  BOOST_TEST(moved.to == position{3});
  BOOST_TEST(moved.parked.empty());
  BOOST_TEST((moved.released == std::vector{position{1}}));
}

BOOST_AUTO_TEST_CASE(a_parked_stream_is_sorted_by_the_keys_that_are_found) {
  filled_window window{{}};
  BOOST_TEST(!window.all.add(
    event_at(1), {{}, tested::failure{parking_reason::handler, "whose?"}}));
  BOOST_TEST(!window.all.add(event_at(2), of_key("a")));
  BOOST_TEST(!window.all.add(event_at(3), of_key("b")));
  window.store();
  std::vector<tested::again> again;
  for (const auto& was : window.all.parked_of("tally-1", true))
    again.push_back(
      {was, std::make_shared<const recorded_event>(event_at(was.at.value())),
       was.at == position{2} ? tested::read_event{} : of_key("b")});
  BOOST_TEST(again.size() == 3U);
  window.all.try_again(again, parked_wish::retry);
  BOOST_TEST(window.react() == (places{1, 3}), per_element());
  BOOST_TEST(window.store().released.size() == 3U);
}

BOOST_AUTO_TEST_CASE(one_whose_key_is_known_now_is_parked_by_it) {
  filled_window window{{}};
  BOOST_TEST(!window.all.add(
    event_at(1), {{}, tested::failure{parking_reason::handler, "whose?"}}));
  BOOST_TEST(!window.all.add(event_at(2), of_key("a")));
  window.store();
  std::vector<tested::again> again;
  for (const auto& was : window.all.parked_of("tally-1", true))
    again.push_back(
      {was, std::make_shared<const recorded_event>(event_at(was.at.value())),
       of_key("a")});
  window.all.try_again(again, parked_wish::retry);
  BOOST_TEST(!window.all.add(event_at(3, "2"), of_key("a")));
  BOOST_TEST(window.start_all() == (places{1}), per_element());
  BOOST_TEST(!window.fail(1));
  const auto parked = window.store().parked;
  BOOST_TEST(positions(parked) == (places{1, 2, 3}), per_element());
  for (const auto& event : parked) {
    BOOST_TEST(event.key == "a");
    BOOST_TEST(!event.is_stream);
  }
}

BOOST_AUTO_TEST_CASE(a_stream_whose_first_event_has_no_key_yet_stays_parked) {
  filled_window window{{}};
  const tested::read_event keyless{
    {}, tested::failure{parking_reason::handler, "whose?"}};
  BOOST_TEST(!window.all.add(event_at(1), keyless));
  BOOST_TEST(!window.all.add(event_at(2), of_key("a")));
  window.store();
  std::vector<tested::again> again;
  for (const auto& was : window.all.parked_of("tally-1", true))
    again.push_back(
      {was, std::make_shared<const recorded_event>(event_at(was.at.value())),
       was.at == position{1} ? keyless : of_key("a")});
  window.all.try_again(again, parked_wish::retry);
  BOOST_TEST(window.react().empty());
  const auto moved = window.store();
  BOOST_TEST(positions(moved.parked) == (places{1, 2}), per_element());
  BOOST_TEST(moved.parked[0].attempts == 2);
  BOOST_TEST(moved.released.empty());
}

BOOST_AUTO_TEST_CASE(a_strict_one_keeps_those_behind_a_retry_that_fails) {
  auto rules = quick_rules();
  actors::parked_keys parked; // before it became strict
  parked.add({position{0}, "a", false, parking_reason::handler, "", 1,
              timestamp{}, parked_wish::none});
  rules.strict = true;
  filled_window window{{}, rules, parked};
  window.wish("a", parked_wish::retry);
  BOOST_TEST(!window.add("a"));
  BOOST_TEST(window.start_all() == (places{0}), per_element());
  BOOST_TEST(window.fail(0).has_value());
  const auto moved = window.store();
  BOOST_TEST(positions(moved.parked) == (places{0}), per_element());
  BOOST_TEST(moved.to == position{0});
  // Nobody has helped: it pauses before it skips the order.
  BOOST_TEST(window.all.resume().has_value());
  window.wish("a", parked_wish::retry);
  BOOST_TEST(!window.all.resume().has_value());
  BOOST_TEST(window.react() == (places{0, 1}), per_element());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
