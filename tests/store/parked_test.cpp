// SPDX-License-Identifier: MIT
#include "tests/support/parking_view.hpp"
#include "tests/support/printing.hpp"

#include <cafes/limits.hpp>

#include <boost/test/unit_test.hpp>

namespace cafes::test {

namespace {

using events = std::vector<parked_event>;
using positions = std::vector<position>;

std::string document_of(const parking_view& view) {
  const std::vector<std::string> keys{"1"};
  const auto found = must(view.writer->load(keys));
  return found.empty() ? "" : found.front().data;
}

} // namespace

CAFES_STORE_TEST(parked_events_come_back_whole_and_in_order) {
  parking_view view{under};
  auto first = parked_at(1, "Zo\xc3\xab's \"{a,b}\" \\N \xf0\x9f\x90\x98");
  first.message = std::string(limits::parked_message_bytes_max - 2, '"')
                  + "\xc3\xab";
  first.attempts = 3'000'000'000;
  auto second = parked_at(2, "account-42");
  second.is_stream = true;
  second.reason = parking_reason::unreadable;
  auto third = parked_at(10, "");
  third.reason = parking_reason::document;
  third.message = "line\nNULL\t\\";
  auto fourth = parked_at(11, "NULL");
  fourth.reason = parking_reason::behind;
  fourth.message = "";
  fourth.attempts = 0;
  view.park({fourth, second});
  view.park({third, first});
  const events all{first, second, third, fourth};
  BOOST_TEST(view.parked() == all, boost::test_tools::per_element());
  BOOST_TEST(must(view.control->parked(view.view, position{}, 10)) == all,
             boost::test_tools::per_element());
}

CAFES_STORE_TEST(parked_events_outlive_the_session_that_parked_them) {
  { parking_view{under}.park({parked_at(3, "a")}); }
  under.reopen();
  const parking_view view{under};
  BOOST_TEST(view.parked() == events{parked_at(3, "a")},
             boost::test_tools::per_element());
}

CAFES_STORE_TEST(a_message_above_the_limit_is_refused_and_nothing_changes) {
  parking_view view{under};
  auto bad = parked_at(2, "a");
  bad.message.assign(limits::parked_message_bytes_max + 1, 'x');
  BOOST_TEST(fails_with(errc::limit_exceeded,
                        view.commit({parked_at(1, "a"), bad}, {}, 2)));
  bad.message = "\xff";
  BOOST_TEST(fails_with(errc::invalid_argument,
                        view.commit({parked_at(1, "a"), bad}, {}, 2)));
  BOOST_TEST(view.parked().empty());
  BOOST_TEST(document_of(view) == "");
  BOOST_TEST(must(view.control->state(view.view)).checkpoint == position{0});
}

CAFES_STORE_TEST(documents_checkpoint_and_parked_events_change_together) {
  parking_view view{under};
  view.park({parked_at(1, "a"), parked_at(2, "a")});
  must(view.commit({parked_at(5, "b")}, {position{1}}, 7));
  BOOST_TEST((view.parked() == events{parked_at(2, "a"), parked_at(5, "b")}));
  BOOST_TEST(document_of(view) == "7");
  BOOST_TEST(must(view.control->state(view.view)).checkpoint == position{7});
}

CAFES_STORE_TEST(parking_from_an_old_checkpoint_changes_nothing) {
  parking_view view{under};
  must(view.commit({parked_at(1, "a")}, {}, 5));
  view.at = position{4};
  BOOST_TEST(fails_with(errc::not_owner,
                        view.commit({parked_at(6, "b")}, {position{1}}, 3)));
  BOOST_TEST((view.parked() == events{parked_at(1, "a")}));
  BOOST_TEST(document_of(view) == "5");
}

CAFES_STORE_TEST(releasing_an_event_that_is_not_parked_changes_nothing) {
  parking_view view{under};
  must(view.commit({parked_at(1, "a"), parked_at(3, "a")}, {}, 5));
  BOOST_TEST(fails_with(
    errc::not_owner, view.commit({parked_at(6, "b")},
                                 {position{1}, position{2}, position{3}}, 3)));
  BOOST_TEST((view.parked() == events{parked_at(1, "a"), parked_at(3, "a")}));
  BOOST_TEST(document_of(view) == "5");
  must(view.commit({}, {position{3}, position{1}}));
  BOOST_TEST(view.parked().empty());
}

CAFES_STORE_TEST(an_event_is_not_released_twice) {
  parking_view view{under};
  view.park({parked_at(1, "a")});
  must(view.commit({}, {position{1}}));
  BOOST_TEST(fails_with(errc::not_owner, view.commit({}, {position{1}})));
}

CAFES_STORE_TEST(another_views_parked_event_is_not_released) {
  parking_view one{under};
  parking_view other{under, {"sums", 2, "{}"}};
  one.park({parked_at(1, "a")});
  BOOST_TEST(fails_with(errc::not_owner, other.commit({}, {position{1}})));
  BOOST_TEST(one.parked().size() == 1);
  BOOST_TEST(other.parked().empty());
}

CAFES_STORE_TEST(parking_again_replaces_and_takes_the_wish_away) {
  parking_view view{under};
  view.park({parked_at(1, "a"), parked_at(2, "a")});
  must(view.control->wish(view.view, {}, parked_wish::retry));
  auto again = parked_at(1, "b");
  again.is_stream = true;
  again.reason = parking_reason::document;
  again.message = "another";
  again.attempts = 4;
  again.parked_at = timestamp{std::chrono::seconds{5}};
  auto given = again;
  given.wish = parked_wish::retry;
  view.park({given});
  BOOST_TEST(view.parked().front() == again);
  BOOST_REQUIRE(view.wished().size() == 1);
  BOOST_TEST(view.wished().front().at == position{2});
}

CAFES_STORE_TEST(a_page_of_parked_events_goes_up_to_the_bound) {
  parking_view view{under};
  events all;
  positions places;
  const auto most = static_cast<std::int64_t>(limits::page_parked_max);
  for (std::int64_t n = 1; n <= most + 1; ++n) {
    all.push_back(parked_at(n, "key " + std::to_string(n % 7)));
    places.emplace_back(n);
  }
  BOOST_TEST(fails_with(errc::limit_exceeded, view.commit(all, {})));
  BOOST_TEST(fails_with(errc::limit_exceeded, view.commit({}, places)));
  view.park({all.begin(), all.end() - 1});
  view.park({all.back()});
  const auto page = view.parked();
  BOOST_TEST(page.size() == limits::page_parked_max);
  BOOST_TEST(
    (must(view.writer->parked(page.back().at, 5)) == events{all.back()}));
  BOOST_TEST(
    (must(view.writer->parked(position{3}, 2)) == events{all[3], all[4]}));
  BOOST_TEST(fails_with(errc::limit_exceeded,
                        view.writer->parked({}, limits::page_parked_max + 1)));
  must(view.control->wish(view.view, {}, parked_wish::drop));
  BOOST_TEST(view.wished().size() == limits::page_parked_max);
  must(view.commit({}, {places.begin(), places.end() - 1}));
  BOOST_REQUIRE(view.wished().size() == 1);
  BOOST_TEST(view.wished().front().at == all.back().at);
}

} // namespace cafes::test
