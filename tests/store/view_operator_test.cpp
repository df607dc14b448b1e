// SPDX-License-Identifier: MIT
#include "tests/support/parking_view.hpp"
#include "tests/support/printing.hpp"

#include <cafes/limits.hpp>

#include <boost/test/unit_test.hpp>

namespace cafes::test {

namespace {

std::vector<std::int64_t> places(const std::vector<parked_event>& events) {
  std::vector<std::int64_t> found;
  for (const auto& event : events)
    found.push_back(event.at.value());
  return found;
}

using numbers = std::vector<std::int64_t>;

} // namespace

CAFES_STORE_TEST(an_operator_sees_how_a_view_stands) {
  parking_view view{under};
  auto stands = must(view.control->state(view.view));
  BOOST_TEST(stands.checkpoint == position{0});
  BOOST_TEST(!stands.paused.has_value());
  BOOST_TEST(stands.parked == 0);
  must(view.commit({parked_at(1, "a"), parked_at(2, "b")}, {}, 9));
  must(view.control->pause(view.view, "why not"));
  stands = must(view.control->state(view.view));
  BOOST_TEST(stands.checkpoint == position{9});
  BOOST_TEST((stands.paused == "why not"));
  BOOST_TEST(stands.parked == 2);
}

CAFES_STORE_TEST(the_worker_hears_of_a_pause_and_of_its_end) {
  const parking_view view{under};
  BOOST_TEST(!must(view.writer->orders()).paused.has_value());
  must(view.control->pause(view.view, "Zo\xc3\xab said \"stop\""));
  BOOST_TEST(
    (must(view.writer->orders()).paused == "Zo\xc3\xab said \"stop\""));
  must(view.control->pause(view.view, ""));
  BOOST_TEST((must(view.writer->orders()).paused == ""));
  must(view.control->resume(view.view));
  BOOST_TEST(!must(view.writer->orders()).paused.has_value());
  must(view.control->resume(view.view));
}

CAFES_STORE_TEST(a_worker_pauses_its_own_view) {
  const parking_view view{under};
  must(view.writer->pause("too many are parked"));
  BOOST_TEST((must(view.writer->orders()).paused == "too many are parked"));
  BOOST_TEST(
    (must(view.control->state(view.view)).paused == "too many are parked"));
}

CAFES_STORE_TEST(a_pause_with_too_long_a_reason_is_refused) {
  const parking_view view{under};
  const std::string longest(limits::parked_message_bytes_max, 'x');
  for (const auto& bad : {longest + "x", std::string{"\xff"}}) {
    const auto code = bad.size() > 1 ? errc::limit_exceeded
                                     : errc::invalid_argument;
    BOOST_TEST(fails_with(code, view.control->pause(view.view, bad)));
    BOOST_TEST(fails_with(code, view.writer->pause(bad)));
  }
  BOOST_TEST(!must(view.writer->orders()).paused.has_value());
  must(view.control->pause(view.view, longest));
  BOOST_TEST((must(view.writer->orders()).paused == longest));
}

CAFES_STORE_TEST(pauses_and_wishes_outlive_all_sessions) {
  {
    parking_view view{under};
    view.park({parked_at(1, "a"), parked_at(2, "b")});
    must(view.control->pause(view.view, "for the night"));
    must(view.control->wish(view.view, "b", parked_wish::drop));
  }
  under.reopen();
  const parking_view view{under};
  const auto asked = must(view.writer->orders());
  BOOST_TEST((asked.paused == "for the night"));
  BOOST_REQUIRE(asked.wished.size() == 1);
  BOOST_TEST(asked.wished.front().at == position{2});
  BOOST_TEST((asked.wished.front().wish == parked_wish::drop));
}

CAFES_STORE_TEST(a_wish_goes_to_the_events_of_one_key) {
  parking_view view{under};
  view.park({parked_at(4, "a"), parked_at(2, "a"), parked_at(3, "A"),
             parked_at(5, "a ")});
  BOOST_TEST(must(view.control->wish(view.view, "a", parked_wish::retry)) == 2);
  BOOST_TEST(places(view.wished()) == (numbers{2, 4}),
             boost::test_tools::per_element());
  BOOST_TEST((view.wished().front().wish == parked_wish::retry));
  BOOST_TEST(must(view.control->wish(view.view, "c", parked_wish::retry)) == 0);
  BOOST_TEST(view.parked().size() == 4);
}

CAFES_STORE_TEST(a_wish_goes_to_all_events_and_is_taken_back) {
  parking_view view{under};
  view.park({parked_at(2, "a"), parked_at(1, "b"), parked_at(3, "c")});
  BOOST_TEST(must(view.control->wish(view.view, {}, parked_wish::drop)) == 3);
  BOOST_TEST(places(view.wished()) == (numbers{1, 2, 3}),
             boost::test_tools::per_element());
  BOOST_TEST(must(view.control->wish(view.view, "a", parked_wish::none)) == 1);
  BOOST_TEST(places(view.wished()) == (numbers{1, 3}),
             boost::test_tools::per_element());
  must(view.control->wish(view.view, {}, parked_wish::retry));
  BOOST_TEST((view.wished().front().wish == parked_wish::retry));
}

CAFES_STORE_TEST(another_view_hears_nothing_of_an_order) {
  parking_view one{under};
  parking_view other{under, {"sums", 2, "{}"}};
  one.park({parked_at(1, "a")});
  other.park({parked_at(1, "a")});
  BOOST_TEST(must(one.control->wish(one.view, {}, parked_wish::drop)) == 1);
  BOOST_TEST(must(one.control->wish(one.view, "a", parked_wish::drop)) == 1);
  must(one.control->pause(one.view, "only this"));
  BOOST_TEST(other.wished().empty());
  BOOST_TEST(!must(other.writer->orders()).paused.has_value());
  BOOST_TEST(must(other.control->state(other.view)).parked == 1);
}

CAFES_STORE_TEST(a_wish_for_nothing_parked_reaches_nobody) {
  const parking_view view{under};
  BOOST_TEST(must(view.control->wish(view.view, {}, parked_wish::drop)) == 0);
  BOOST_TEST(view.wished().empty());
  BOOST_TEST(must(view.control->parked(view.view, {}, 1)).empty());
}

CAFES_STORE_TEST(an_operator_pages_through_what_is_parked) {
  parking_view view{under};
  view.park({parked_at(1, "a"), parked_at(2, "b"), parked_at(3, "c")});
  BOOST_TEST(places(must(view.control->parked(view.view, position{1}, 1)))
               == numbers{2},
             boost::test_tools::per_element());
  BOOST_TEST(must(view.control->parked(view.view, position{3}, 1)).empty());
  BOOST_TEST(fails_with(errc::limit_exceeded,
                        view.control->parked(view.view, {},
                                             limits::page_parked_max + 1)));
}

CAFES_STORE_TEST(a_view_that_nobody_has_made_is_not_operated) {
  const auto control = must(under.store().open_view_operator());
  for (const auto& view :
       {store::view_identity{"sums", 1, "{}"},
        store::view_identity{"a'; DROP TABLE events; --", 1, "{}"}}) {
    BOOST_TEST(fails_with(errc::invalid_argument, control->state(view)));
    BOOST_TEST(fails_with(errc::invalid_argument, control->pause(view, "x")));
    BOOST_TEST(fails_with(errc::invalid_argument, control->resume(view)));
    BOOST_TEST(
      fails_with(errc::invalid_argument, control->parked(view, {}, 1)));
    for (const auto& key : {std::optional<std::string>{}, {"a"}})
      BOOST_TEST(fails_with(errc::invalid_argument,
                            control->wish(view, key, parked_wish::drop)));
  }
}

} // namespace cafes::test
