// SPDX-License-Identifier: MIT
#include "tests/support/lone_reactor.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(reactor_actor)

namespace {

using namespace std::chrono_literals;
using boost::test_tools::per_element;
using places = std::vector<std::int64_t>;

} // namespace

// -- following the log --------------------------------------------------------

BOOST_AUTO_TEST_CASE(it_reacts_to_each_event_once_and_in_order) {
  lone_reactor reactor;
  reactor.append("1", std::vector<std::string>(25));
  reactor.append("2", {"", "left out", ""});
  reactor.start();
  BOOST_TEST(reactor.cursor() == 28);
  BOOST_TEST(reactor.pages->positions("2") == (places{26, 28}), per_element());
  const auto written = reactor.pages->entries();
  BOOST_REQUIRE(written.size() == 27U);
  for (std::size_t place = 0; place < 25; ++place)
    BOOST_TEST(reactor.pages->positions("1").at(place)
               == static_cast<std::int64_t>(place) + 1);
  BOOST_TEST(written.front().idempotency_key == "diary:0:1");
  BOOST_TEST(written.front().attempt == 1);
}

BOOST_AUTO_TEST_CASE(what_is_finished_together_is_stored_together) {
  lone_reactor reactor;
  for (const auto* key : {"1", "2", "3", "4"})
    reactor.append(key, {""});
  reactor.start();
  BOOST_TEST(reactor.cursor() == 4);
  // One that it has begun, one for all four.
  BOOST_TEST(reactor.store.faults().calls(store_call::commit) == 2);
}

BOOST_AUTO_TEST_CASE(hints_bring_events_at_once_and_a_lost_one_costs_time) {
  lone_reactor reactor;
  reactor.start();
  reactor.append("1", {""});
  reactor.hint(1);
  BOOST_TEST(reactor.cursor() == 1);
  reactor.append("1", {""});
  BOOST_TEST(reactor.cursor() == 1);
  reactor.system.advance(1s);
  BOOST_TEST(reactor.cursor() == 2);
}

BOOST_AUTO_TEST_CASE(a_later_life_repeats_nothing_that_was_stored) {
  lone_reactor reactor;
  reactor.append("1", {"", ""});
  reactor.start();
  reactor.stop();
  BOOST_TEST(has_ended(reactor.actor));
  reactor.append("1", {""});
  reactor.start();
  BOOST_TEST(reactor.pages->positions() == (places{1, 2, 3}), per_element());
}

BOOST_AUTO_TEST_CASE(what_was_not_stored_is_repeated_with_its_key) {
  lone_reactor reactor;
  reactor.append("1", {""});
  // After the commit that says that it has begun.
  reactor.store.faults().plan(store_call::commit, store_fault::fails, 2, 2);
  reactor.start();
  BOOST_TEST(has_ended(reactor.actor));
  reactor.start();
  const auto written = reactor.pages->entries();
  BOOST_REQUIRE(written.size() == 2U);
  BOOST_TEST(written[0].idempotency_key == written[1].idempotency_key);
  BOOST_TEST(reactor.cursor() == 1);
}

BOOST_AUTO_TEST_CASE(
  any_failing_call_ends_it_and_the_next_one_misses_nothing_in_order) {
  for (const auto call :
       {store_call::open_view, store_call::claim, store_call::parked,
        store_call::orders, store_call::load, store_call::commit,
        store_call::read_log})
    for (const auto how : {store_fault::fails, store_fault::lost_after})
      for (int nth = 1; nth <= 4; ++nth) {
        lone_reactor reactor;
        reactor.append("1", std::vector<std::string>(25));
        reactor.store.faults().plan(call, how, nth, nth);
        reactor.start();
        if (has_ended(reactor.actor)) {
          BOOST_TEST(!reactor.status().last_error.empty());
          reactor.start();
        }
        BOOST_REQUIRE(reactor.cursor() == 25);
        // A repetition begins at the first that was not stored.
        std::int64_t next = 1;
        for (const auto at : reactor.pages->positions()) {
          BOOST_REQUIRE(at <= next);
          next = at + 1;
        }
        BOOST_REQUIRE(next == 26);
      }
}

// -- beginning ----------------------------------------------------------------

BOOST_AUTO_TEST_CASE(by_default_it_begins_behind_what_is_in_the_log) {
  lone_reactor reactor{reactor_options{}};
  reactor.append("1", {"", "", ""});
  reactor.around->end = position{2};
  reactor.start();
  BOOST_TEST(reactor.pages->positions() == (places{3}), per_element());
  // Only once.
  reactor.stop();
  reactor.append("1", {""});
  reactor.around->end = position{4};
  reactor.start();
  BOOST_TEST(reactor.pages->positions() == (places{3, 4}), per_element());
}

BOOST_AUTO_TEST_CASE(what_began_in_an_empty_log_has_begun) {
  lone_reactor reactor{reactor_options{}};
  reactor.start();
  reactor.stop();
  reactor.append("1", {"", ""});
  reactor.around->end = position{2};
  reactor.start();
  BOOST_TEST(reactor.pages->positions() == (places{1, 2}), per_element());
}

BOOST_AUTO_TEST_CASE(a_beginning_that_was_not_stored_is_none) {
  for (const auto how : {store_fault::fails, store_fault::lost_after}) {
    lone_reactor reactor{reactor_options{}};
    reactor.append("1", {"", ""});
    reactor.around->end = position{2};
    reactor.store.faults().plan(store_call::commit, how, 1, 1);
    reactor.start();
    BOOST_TEST(has_ended(reactor.actor));
    reactor.append("1", {""});
    reactor.start();
    BOOST_TEST(reactor.pages->positions() == (places{3}), per_element());
  }
}

// -- with others --------------------------------------------------------------

BOOST_AUTO_TEST_CASE(one_that_runs_elsewhere_is_watched_and_taken_over) {
  lone_reactor reactor;
  reactor.append("1", {"", "", ""});
  auto other = must(reactor.store.open_view_writer(reactor.view));
  must(other->claim());
  reactor.start();
  BOOST_TEST((reactor.status().phase == projection_phase::elsewhere));
  must(other->commit({position{0}, position{2}, {}, {}, {}}));
  reactor.system.advance(1s);
  BOOST_TEST(reactor.cursor() == 2);
  BOOST_TEST(reactor.pages->attempts == 0);
  other.reset();
  reactor.system.advance(1s);
  BOOST_TEST((reactor.status().phase == projection_phase::running));
  BOOST_TEST(reactor.pages->positions() == (places{3}), per_element());
}

BOOST_AUTO_TEST_CASE(where_it_is_only_looked_at_nothing_is_reacted_to) {
  lone_reactor reactor;
  reactor.around->is_to_react = false;
  reactor.append("1", {""});
  reactor.start();
  BOOST_TEST((reactor.status().phase == projection_phase::elsewhere));
  reactor.system.advance(10s);
  BOOST_TEST(reactor.pages->attempts == 0);
  auto other = must(reactor.store.open_view_writer(reactor.view));
  BOOST_TEST(must(other->claim()).has_value());
}

BOOST_AUTO_TEST_CASE(one_that_cannot_be_opened_is_opened_again_later) {
  lone_reactor reactor;
  reactor.append("1", {""});
  int opened = 0;
  const auto pages = reactor.pages;
  reactor.around->type
    = definition{}
        .reactor<diary>(
          [&opened, pages]() -> expected<std::shared_ptr<diary>> {
            ++opened;
            if (opened == 1)
              return failure(errc::unavailable, "the drawer is locked");
            if (opened == 2)
              throw std::runtime_error{"the key has broken"};
            return std::make_shared<diary>(diary{pages});
          },
          from_the_beginning())
        .reactors()
        .at(0);
  for (const auto* why : {"the drawer is locked", "the key has broken"}) {
    reactor.start();
    BOOST_TEST(has_ended(reactor.actor));
    BOOST_TEST(reactor.status().last_error.find(why) != std::string::npos);
  }
  reactor.start();
  BOOST_TEST(pages->positions() == (places{1}), per_element());
}

BOOST_AUTO_TEST_CASE(a_feed_that_does_not_answer_ends_it) {
  lone_reactor reactor;
  reactor.around->feed = reactor.system.deaf();
  reactor.start();
  reactor.system.advance(29s);
  BOOST_TEST(!has_ended(reactor.actor));
  reactor.system.advance(2s);
  BOOST_TEST(has_ended(reactor.actor));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
