// SPDX-License-Identifier: MIT
#include "actors/read/view_builder.hpp"

#include "tests/support/moody_view.hpp"

#include <cafes/limits.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(view_builder)

namespace {

using namespace std::chrono_literals;

using positions = std::vector<std::int64_t>;

} // namespace

BOOST_AUTO_TEST_CASE(
  an_event_that_throws_is_parked_with_the_later_ones_of_its_key) {
  moody_view view;
  view.append("1");
  view.append("2", "throw");
  view.append("1");
  view.append("2");
  view.append("3");
  must(view.follow());
  BOOST_TEST(view.builder->checkpoint() == position{5});
  BOOST_TEST(view.seen("1") == (positions{1, 3}));
  BOOST_TEST(view.seen("2").empty());
  BOOST_TEST(view.seen("3") == positions{5});
  const auto parked = view.parked();
  BOOST_REQUIRE(parked.size() == 2);
  BOOST_TEST(parked[0].at == position{2});
  BOOST_TEST(parked[0].key == "2");
  BOOST_TEST(!parked[0].is_stream);
  BOOST_TEST((parked[0].reason == parking_reason::handler));
  BOOST_TEST(parked[0].message == "it threw: in no mood for ? it");
  BOOST_TEST(parked[0].attempts == 2);
  BOOST_TEST((parked[1].reason == parking_reason::behind));
  BOOST_TEST(parked[1].attempts == 0);
}

BOOST_AUTO_TEST_CASE(later_pages_and_later_lives_wait_behind_what_is_parked) {
  moody_view view;
  view.append("1", "throw 42");
  must(view.follow());
  view.append("1");
  must(view.follow());
  view.start();
  view.append("1");
  view.append("2");
  must(view.follow());
  BOOST_TEST(view.parked_positions() == (positions{1, 2, 3}));
  BOOST_TEST(view.seen("2") == positions{4});
}

BOOST_AUTO_TEST_CASE(half_of_a_handler_leaves_no_trace) {
  moody_view view;
  view.append("1");
  view.append("1", "throw");
  must(view.follow());
  BOOST_TEST(view.seen("1") == positions{1});
  auto reader = must(view.store->open_view_reader());
  const auto kept
    = decode<moody::document>(*must(reader->find(view.view(), "1")).document);
  BOOST_TEST(kept->text == "");
}

BOOST_AUTO_TEST_CASE(an_event_whose_key_cannot_be_made_holds_up_its_stream) {
  moody_view view;
  view.append("1", "no key");
  view.append("1");
  view.append("2");
  must(view.follow());
  const auto parked = view.parked();
  BOOST_REQUIRE(parked.size() == 2);
  for (const auto& event : parked) {
    BOOST_TEST(event.key == "tally-1");
    BOOST_TEST(event.is_stream);
  }
  BOOST_TEST(view.seen("2") == positions{3});
  moody::mood().mend();
  view.wish(parked_wish::retry);
  BOOST_TEST(view.parked().empty());
  BOOST_TEST(view.seen("1") == (positions{1, 2}));
}

BOOST_AUTO_TEST_CASE(an_event_that_makes_too_big_a_document_is_parked) {
  moody_view view;
  view.append("1", "big");
  view.append("2", "huge");
  view.append("3");
  must(view.follow());
  const auto parked = view.parked();
  BOOST_REQUIRE(parked.size() == 2);
  BOOST_TEST((parked[0].reason == parking_reason::document));
  BOOST_TEST((parked[1].reason == parking_reason::handler));
  BOOST_TEST(view.seen("3") == positions{3});
}

BOOST_AUTO_TEST_CASE(
  the_event_that_makes_a_document_too_big_is_the_one_at_fault) {
  moody_view view;
  for (const auto* note : {"", "", "big", "", ""})
    view.append("1", note);
  must(view.follow());
  BOOST_TEST(view.seen("1") == (positions{1, 2}));
  const auto parked = view.parked();
  BOOST_REQUIRE(parked.size() == 3);
  BOOST_TEST(parked[0].at == position{3});
  BOOST_TEST((parked[0].reason == parking_reason::document));
  for (const std::size_t later : {1, 2}) {
    BOOST_TEST((parked[later].reason == parking_reason::behind));
    BOOST_TEST(parked[later].attempts == 0);
  }
}

BOOST_AUTO_TEST_CASE(handlers_that_fail_by_turns_come_to_an_end) {
  moody_view view;
  for (int n = 0; n < 6; ++n)
    view.append(std::to_string(n), "by turns");
  must(view.follow());
  BOOST_TEST(view.builder->checkpoint() == position{6});
}

BOOST_AUTO_TEST_CASE(a_retry_of_handlers_that_hang_pauses_and_loses_nothing) {
  moody_view view{{.handler_time_max = 20ms}};
  for (int key = 1; key <= 4; ++key)
    view.append(std::to_string(key), "hang");
  must(view.follow());
  BOOST_TEST(view.parked().size() == 4);
  view.wish(parked_wish::retry);
  BOOST_REQUIRE(view.builder->paused().has_value());
  // The other keys were not tried.
  BOOST_TEST(view.builder->paused()->find("5 handlers have not come back")
             != std::string::npos);
  BOOST_TEST(view.parked_positions() == (positions{1, 2, 3, 4}));
  BOOST_TEST(view.seen("1").empty());
}

BOOST_AUTO_TEST_CASE(a_resumed_projection_parks_as_before_and_skips_nothing) {
  moody_view view{{.handler_time_max = 20ms}};
  for (int key = 1; key <= 5; ++key)
    view.append(std::to_string(key), "hang");
  must(view.follow());
  BOOST_REQUIRE(view.builder->paused().has_value());
  moody::mood().mend(); // those who hang, and these events
  must(view.control->resume(view.view()));
  must(view.builder->obey());
  must(view.follow());
  BOOST_REQUIRE(view.builder->checkpoint() == position{5});
  moody::mood().spoil();
  view.append("6", "throw");
  view.append("7");
  must(view.follow());
  BOOST_TEST(!view.builder->paused().has_value());
  BOOST_TEST(view.builder->checkpoint() == position{7});
  BOOST_TEST(view.parked_positions() == positions{6});
  BOOST_TEST(view.seen("7") == positions{7});
}

BOOST_AUTO_TEST_CASE(
  a_handler_that_does_not_come_back_is_left_and_its_event_parked) {
  moody_view view{{.handler_time_max = 50ms}};
  view.append("1", "hang");
  view.append("1");
  view.append("2");
  must(view.follow());
  const auto parked = view.parked();
  BOOST_REQUIRE(parked.size() == 2);
  BOOST_TEST(parked[0].key == "1");
  BOOST_TEST(parked[0].message == "it took longer than 50 ms");
  BOOST_TEST(parked[0].attempts == 1);
  BOOST_TEST(view.seen("2") == positions{3});
}

BOOST_AUTO_TEST_CASE(many_handlers_that_do_not_come_back_pause_the_projection) {
  moody_view view{{.handler_time_max = 20ms}};
  for (int key = 1; key <= 100; ++key)
    view.append(std::to_string(key), "hang");
  must(view.follow());
  BOOST_REQUIRE(view.builder->paused().has_value());
  // The others of the page were not tried.
  BOOST_TEST(view.builder->paused()->find("5 handlers have not come back")
             != std::string::npos);
  BOOST_TEST(view.parked().empty()); // the page was not written
  BOOST_TEST(view.builder->checkpoint() == position{0});
}

BOOST_AUTO_TEST_CASE(a_retry_of_a_mended_projection_applies_all_in_order) {
  moody_view view;
  for (int n = 0; n < 5; ++n)
    view.append(n % 2 == 0 ? "1" : "2", n < 2 ? "throw" : "");
  must(view.follow());
  BOOST_TEST(view.parked().size() == 5);
  moody::mood().mend();
  view.wish(parked_wish::retry, "1");
  BOOST_TEST(view.seen("1") == (positions{1, 3, 5}));
  BOOST_TEST(view.parked_positions() == (positions{2, 4}));
  view.wish(parked_wish::retry);
  BOOST_TEST(view.seen("2") == (positions{2, 4}));
  BOOST_TEST(view.parked().empty());
  view.append("1");
  must(view.follow());
  BOOST_TEST(view.seen("1") == (positions{1, 3, 5, 6}));
}

BOOST_AUTO_TEST_CASE(a_retry_that_fails_again_is_tried_once_and_counted) {
  moody_view view;
  view.append("1", "throw");
  view.append("1");
  must(view.follow());
  view.wish(parked_wish::retry);
  must(view.builder->obey());
  auto parked = view.parked();
  BOOST_REQUIRE(parked.size() == 2);
  BOOST_TEST(parked[0].attempts == 4);
  for (const auto& event : parked)
    BOOST_TEST((event.wish == parked_wish::none));
}

BOOST_AUTO_TEST_CASE(a_retry_goes_as_far_as_the_next_event_that_fails) {
  moody_view view;
  view.append("1", "throw");
  view.append("1");
  view.append("1", "throw");
  view.append("1");
  must(view.follow());
  view.wish(parked_wish::drop, "1");
  BOOST_TEST(view.seen("1") == positions{2});
  BOOST_TEST(view.parked_positions() == (positions{3, 4}));
  view.wish(parked_wish::drop, "1");
  BOOST_TEST(view.seen("1") == (positions{2, 4}));
  BOOST_TEST(view.parked().empty());
}

BOOST_AUTO_TEST_CASE(a_dropped_event_that_was_alone_frees_its_key) {
  moody_view view;
  view.append("1", "throw");
  must(view.follow());
  view.wish(parked_wish::drop, "1");
  view.append("1");
  must(view.follow());
  BOOST_TEST(view.seen("1") == positions{2});
}

BOOST_AUTO_TEST_CASE(a_strict_projection_pauses_at_the_first_failure) {
  moody_view view{{.strict = true}};
  view.append("1");
  must(view.follow());
  view.append("2");
  view.append("1", "throw");
  must(view.follow());
  BOOST_REQUIRE(view.builder->paused().has_value());
  BOOST_TEST(view.builder->paused()->find("position 3 (1)")
             != std::string::npos);
  BOOST_TEST(view.builder->checkpoint() == position{1});
  must(view.follow());
  BOOST_TEST(view.builder->checkpoint() == position{1});
  view.start();
  BOOST_TEST(view.builder->paused().has_value()); // also after a restart
  moody::mood().mend();
  must(view.control->resume(view.view()));
  must(view.builder->obey());
  must(view.follow());
  BOOST_TEST(view.builder->checkpoint() == position{3});
}

BOOST_AUTO_TEST_CASE(one_event_more_than_may_be_parked_pauses_the_projection) {
  moody_view view{{.parked_max = 3}};
  for (int n = 0; n < 3; ++n)
    view.append("1", "throw");
  must(view.follow());
  BOOST_TEST(!view.builder->paused());
  BOOST_TEST(view.parked().size() == 3);
  view.append("1");
  must(view.follow());
  BOOST_TEST(view.builder->paused().has_value());
  BOOST_TEST(view.parked().size() == 3);
  BOOST_TEST(view.builder->checkpoint() == position{3});
}

BOOST_AUTO_TEST_CASE(whatever_fails_the_view_is_the_fold_from_the_beginning) {
  moody_view view;
  for (int n = 0; n < 500; ++n)
    view.append(std::to_string(n % 17), n % 23 == 0   ? "throw"
                                        : n % 41 == 0 ? "no key"
                                                      : "");
  must(view.follow());
  moody::mood().mend();
  view.wish(parked_wish::retry);
  BOOST_TEST(view.parked().empty());
  for (int key = 0; key < 17; ++key) {
    positions all;
    for (int n = key; n < 500; n += 17)
      all.push_back(n + 1);
    BOOST_TEST(view.seen(std::to_string(key)) == all);
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
