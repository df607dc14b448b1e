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

actors::remembered_command made(int number) {
  return {id(number), version{number}, position{number * 10}};
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
  window.remember(made(1));
  window.remember(made(2));
  const auto found = window.find(id(1));
  BOOST_REQUIRE(found != nullptr);
  BOOST_TEST(found->at_version == version{1});
  BOOST_TEST(found->at_position == position{10});
}

BOOST_AUTO_TEST_CASE(an_unknown_id_is_not_found) {
  actors::command_window window;
  window.remember(made(1));
  BOOST_TEST((window.find(id(2)) == nullptr));
}

BOOST_AUTO_TEST_CASE(the_nil_id_is_never_found) {
  actors::command_window window;
  window.remember({uuid{}, version{1}, position{10}});
  window.replay(stored(uuid{}, 2));
  BOOST_TEST((window.find(uuid{}) == nullptr));
}

BOOST_AUTO_TEST_CASE(a_thousand_ids_cover_the_whole_stream) {
  actors::command_window window;
  for (int n = 1; n <= 1000; ++n)
    window.remember(made(n));
  BOOST_TEST(window.covers_whole_stream());
  BOOST_TEST((window.find(id(1)) != nullptr));
}

BOOST_AUTO_TEST_CASE(with_one_more_the_oldest_is_gone_and_the_window_says_so) {
  actors::command_window window;
  for (int n = 1; n <= 1001; ++n)
    window.remember(made(n));
  BOOST_TEST(!window.covers_whole_stream());
  BOOST_TEST((window.find(id(1)) == nullptr));
  BOOST_TEST((window.find(id(2)) != nullptr));
  BOOST_TEST((window.find(id(1001)) != nullptr));
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

BOOST_AUTO_TEST_CASE(a_position_that_becomes_known_is_found) {
  actors::command_window window{2};
  const auto first = window.remember({id(1), version{1}, {}});
  const auto second = window.remember({id(2), version{2}, {}});
  window.settle(second, position{20});
  window.settle(first, position{10});
  BOOST_TEST(window.find(id(1))->at_position == position{10});
  BOOST_TEST(window.find(id(2))->at_position == position{20});
  window.remember({id(3), version{3}, {}});
  window.settle(first, position{99}); // gone
  BOOST_TEST(window.find(id(3))->at_position == position{0});
}

BOOST_AUTO_TEST_CASE(what_is_stored_up_to_a_version_is_given_oldest_first) {
  actors::command_window window{3};
  for (int n = 1; n <= 5; ++n)
    window.remember(made(n));
  window.remember({id(6), version{6}, {}}); // not stored yet
  const auto some = window.up_to(version{5});
  BOOST_REQUIRE(some.size() == 2);
  BOOST_TEST((some[0] == made(4)));
  BOOST_TEST((some[1] == made(5)));
}

BOOST_AUTO_TEST_CASE(a_restored_window_goes_on) {
  actors::command_window window{3};
  window.restore({made(1), made(2)}, true);
  BOOST_TEST(window.covers_whole_stream());
  window.replay(stored(id(2), 3)); // one command, two events
  BOOST_TEST(window.find(id(2))->at_version == version{3});
  window.remember(made(4));
  window.remember(made(5));
  BOOST_TEST(!window.covers_whole_stream());
  BOOST_TEST((window.find(id(1)) == nullptr));
  window.restore({made(1)}, false);
  BOOST_TEST(!window.covers_whole_stream());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
