// SPDX-License-Identifier: MIT
#include "actors/write/command_window.hpp"

#include "tests/support/printing.hpp"

#include <boost/test/unit_test.hpp>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(command_window)

namespace {

uuid id(int number) {
  return name_uuid(uuid{}, std::to_string(number));
}

actors::command_window::answer at(int number) {
  return {version{number}, position{number * 10}};
}

recorded_event stored(const uuid& command, int number) {
  recorded_event event;
  event.at = position{number * 10};
  event.at_version = version{number};
  event.from.command_id = command;
  return event;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_remembered_id_is_found_with_its_first_answer) {
  actors::command_window window;
  window.remember(id(1), at(1));
  window.remember(id(2), at(2));
  const auto found = window.find(id(1));
  BOOST_REQUIRE(found.has_value());
  BOOST_TEST(found->at_version == version{1});
  BOOST_TEST(found->at_position == position{10});
}

BOOST_AUTO_TEST_CASE(an_unknown_id_is_not_found) {
  actors::command_window window;
  window.remember(id(1), at(1));
  BOOST_TEST(!window.find(id(2)).has_value());
}

BOOST_AUTO_TEST_CASE(the_nil_id_is_never_found) {
  actors::command_window window;
  window.remember(uuid{}, at(1));
  window.replay(stored(uuid{}, 2));
  BOOST_TEST(!window.find(uuid{}).has_value());
}

BOOST_AUTO_TEST_CASE(a_thousand_ids_cover_the_whole_stream) {
  actors::command_window window;
  for (int n = 1; n <= 1000; ++n)
    window.remember(id(n), at(n));
  BOOST_TEST(window.covers_whole_stream());
  BOOST_TEST(window.find(id(1)).has_value());
}

BOOST_AUTO_TEST_CASE(with_one_more_the_oldest_is_gone_and_the_window_says_so) {
  actors::command_window window;
  for (int n = 1; n <= 1001; ++n)
    window.remember(id(n), at(n));
  BOOST_TEST(!window.covers_whole_stream());
  BOOST_TEST(!window.find(id(1)).has_value());
  BOOST_TEST(window.find(id(2)).has_value());
  BOOST_TEST(window.find(id(1001)).has_value());
}

BOOST_AUTO_TEST_CASE(events_of_one_command_are_one_id_whose_last_event_counts) {
  actors::command_window window{2};
  window.replay(stored(id(1), 1));
  for (int n = 2; n <= 5; ++n)
    window.replay(stored(id(2), n));
  BOOST_TEST(window.covers_whole_stream());
  BOOST_TEST(window.find(id(2))->at_version == version{5});
  BOOST_TEST(window.find(id(2))->at_position == position{50});
  BOOST_TEST(window.find(id(1))->at_version == version{1});
}

BOOST_AUTO_TEST_CASE(events_without_an_id_take_no_place) {
  actors::command_window window{1};
  window.replay(stored(id(1), 1));
  for (int n = 2; n <= 100; ++n)
    window.replay(stored(uuid{}, n));
  BOOST_TEST(window.covers_whole_stream());
  BOOST_TEST(window.find(id(1))->at_version == version{1});
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
