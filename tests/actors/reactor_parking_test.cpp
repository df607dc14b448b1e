// SPDX-License-Identifier: MIT
#include "tests/support/lone_reactor.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(reactor_parking)

namespace {

using namespace std::chrono_literals;
using boost::test_tools::per_element;
using places = std::vector<std::int64_t>;

} // namespace

// -- failing events -----------------------------------------------------------

BOOST_AUTO_TEST_CASE(a_failing_event_is_tried_again_with_longer_pauses) {
  lone_reactor reactor;
  reactor.append("1", {"fail twice", ""});
  reactor.append("2", {""});
  reactor.start();
  BOOST_TEST(reactor.pages->positions() == (places{3}), per_element());
  BOOST_TEST(reactor.cursor() == 0);
  BOOST_TEST(reactor.status().last_error.find("no paper") != std::string::npos);
  reactor.system.advance(799ms);
  BOOST_TEST(reactor.pages->attempts == 2);
  reactor.system.advance(201ms);
  BOOST_TEST(reactor.pages->attempts == 3);
  reactor.system.advance(1599ms);
  BOOST_TEST(reactor.pages->attempts == 3);
  reactor.system.advance(401ms);
  BOOST_TEST(reactor.pages->positions() == (places{3, 1, 2}), per_element());
  BOOST_TEST(reactor.pages->entries().at(1).attempt == 3);
  BOOST_TEST(reactor.cursor() == 3);
}

BOOST_AUTO_TEST_CASE(after_its_attempts_it_is_parked_and_its_key_waits) {
  for (const auto* note : {"fail", "throw", "throw 42"}) {
    lone_reactor reactor;
    reactor.append("1", {note, ""});
    reactor.append("2", {""});
    reactor.start();
    reactor.system.advance(1s);
    BOOST_TEST(reactor.cursor() == 0);
    reactor.system.advance(2s);
    BOOST_TEST(reactor.cursor() == 3);
    BOOST_TEST(reactor.pages->positions() == (places{3}), per_element());
    const auto parked = reactor.parked();
    BOOST_REQUIRE(parked.size() == 2U);
    BOOST_TEST(parked[0].attempts == 3);
    BOOST_TEST((parked[0].reason == parking_reason::handler));
    BOOST_TEST((parked[1].reason == parking_reason::behind));
    BOOST_TEST(reactor.status().parked == 2);
    // In this life and in later ones.
    reactor.append("1", {""});
    reactor.system.advance(1s);
    reactor.stop();
    reactor.append("1", {""});
    reactor.start();
    BOOST_TEST(reactor.parked().size() == 4U);
    BOOST_TEST(reactor.pages->positions() == (places{3}), per_element());
  }
}

BOOST_AUTO_TEST_CASE(parked_events_are_reacted_to_by_wish_and_in_order) {
  lone_reactor reactor;
  reactor.append("1", {"fail", "", ""});
  reactor.start();
  reactor.system.advance(1s);
  reactor.system.advance(2s);
  BOOST_REQUIRE(reactor.parked().size() == 3U);
  reactor.wish("1", parked_wish::retry);
  BOOST_TEST(reactor.parked().size() == 3U);
  BOOST_TEST(reactor.parked().at(0).attempts == 4);
  BOOST_TEST((reactor.parked().at(0).wish == parked_wish::none));
  reactor.pages->mend();
  reactor.wish("1", parked_wish::retry);
  BOOST_TEST(reactor.pages->positions() == (places{1, 2, 3}), per_element());
  BOOST_TEST(reactor.parked().empty());
  BOOST_TEST(reactor.status().parked == 0);
  reactor.append("1", {""});
  reactor.system.advance(1s);
  BOOST_TEST(reactor.pages->positions() == (places{1, 2, 3, 4}), per_element());
}

BOOST_AUTO_TEST_CASE(a_dropped_event_is_never_reacted_to) {
  lone_reactor reactor;
  reactor.append("1", {"fail", ""});
  reactor.start();
  reactor.system.advance(1s);
  reactor.system.advance(2s);
  reactor.wish("1", parked_wish::drop);
  BOOST_TEST(reactor.parked().empty());
  BOOST_TEST(reactor.pages->positions() == (places{2}), per_element());
}

BOOST_AUTO_TEST_CASE(a_wish_outlives_the_worker_that_failed_to_fulfil_it) {
  for (const auto how : {store_fault::fails, store_fault::lost_after}) {
    lone_reactor reactor;
    reactor.append("1", {"fail", ""});
    reactor.start();
    reactor.system.advance(1s);
    reactor.system.advance(2s);
    reactor.pages->mend();
    reactor.store.faults().plan(store_call::commit, how, 1, 1);
    reactor.wish("1", parked_wish::retry);
    BOOST_REQUIRE(has_ended(reactor.actor));
    reactor.start();
    BOOST_TEST(reactor.parked().empty());
    BOOST_TEST(reactor.pages->positions("1").back() == 2);
  }
}

BOOST_AUTO_TEST_CASE(an_event_without_a_key_is_parked_with_its_stream) {
  lone_reactor reactor;
  diary::has_no_keys = true;
  reactor.append("1", {"no key", ""});
  reactor.append("2", {""});
  reactor.start();
  diary::has_no_keys = false;
  BOOST_TEST(reactor.pages->positions() == (places{3}), per_element());
  const auto parked = reactor.parked();
  BOOST_REQUIRE(parked.size() == 2U);
  BOOST_TEST(parked[0].key == "tally-1");
  BOOST_TEST(parked[0].message.find("whose is it?") != std::string::npos);
  BOOST_TEST(parked[1].is_stream);
  reactor.wish("tally-1", parked_wish::retry);
  BOOST_TEST(reactor.pages->positions("1") == (places{1, 2}), per_element());
  BOOST_TEST(reactor.parked().empty());
}

BOOST_AUTO_TEST_CASE(an_event_that_nobody_can_read_is_parked_at_once) {
  lone_reactor reactor;
  store::append_request request;
  request.stream = {"tally", "1"};
  request.events.push_back({reactor.type, R"({"amount":"many"})", ""});
  must(must(reactor.writer->append(std::vector{request})).at(0));
  reactor.start();
  BOOST_REQUIRE(reactor.parked().size() == 1U);
  BOOST_TEST((reactor.parked()[0].reason == parking_reason::unreadable));
  BOOST_TEST(reactor.cursor() == 1);
}

BOOST_AUTO_TEST_CASE(a_reaction_that_hangs_is_parked_and_not_tried_again) {
  auto options = from_the_beginning();
  options.handler_time_max = 20ms;
  lone_reactor reactor{options};
  reactor.append("1", {"wait", ""});
  reactor.append("2", {""});
  reactor.start();
  BOOST_TEST(reactor.cursor() == 3);
  const auto parked = reactor.parked();
  BOOST_REQUIRE(parked.size() == 2U);
  BOOST_TEST(parked[0].attempts == 1);
  BOOST_TEST(parked[0].message.find("20 ms") != std::string::npos);
  reactor.pages->mend();
}

BOOST_AUTO_TEST_CASE(many_reactions_that_hang_pause_it) {
  auto options = from_the_beginning();
  options.handler_time_max = 5ms;
  lone_reactor reactor{options};
  for (int key = 0; key < 10; ++key)
    reactor.append(std::to_string(key), {"wait"});
  reactor.start();
  BOOST_TEST((reactor.status().phase == projection_phase::paused));
  BOOST_TEST(reactor.status().paused.find("not come back")
             != std::string::npos);
  // Those that were under way when the fifth was lost.
  BOOST_TEST(reactor.pages->attempts >= 5);
  BOOST_TEST(reactor.pages->attempts <= 8);
  reactor.pages->mend();
  must(reactor.asks()->resume(reactor.view));
  reactor.system.advance(1s);
  BOOST_TEST(reactor.cursor() == 10);
}

// -- pausing ------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(while_it_is_paused_nothing_begins) {
  lone_reactor reactor;
  reactor.start();
  must(reactor.asks()->pause(reactor.view, "the auditor is here"));
  reactor.system.advance(1s);
  BOOST_TEST(reactor.status().paused == "the auditor is here");
  reactor.append("1", {""});
  reactor.hint(1);
  reactor.system.advance(10s);
  BOOST_TEST(reactor.pages->attempts == 0);
  must(reactor.asks()->resume(reactor.view));
  reactor.system.advance(1s);
  BOOST_TEST(reactor.pages->positions() == (places{1}), per_element());
}

BOOST_AUTO_TEST_CASE(a_strict_one_pauses_and_repeats_nothing_when_resumed) {
  auto options = from_the_beginning();
  options.strict = true;
  lone_reactor reactor{options};
  reactor.append("1", {"fail", ""});
  reactor.append("2", {""});
  reactor.start();
  reactor.system.advance(1s);
  reactor.system.advance(2s);
  BOOST_TEST((reactor.status().phase == projection_phase::paused));
  BOOST_TEST(reactor.status().paused.find("position 1 (1)")
             != std::string::npos);
  BOOST_TEST(reactor.parked().empty());
  BOOST_TEST(reactor.cursor() == 0);
  reactor.pages->mend();
  must(reactor.asks()->resume(reactor.view));
  reactor.system.advance(1s);
  BOOST_TEST(reactor.pages->positions() == (places{3, 1, 2}), per_element());
  BOOST_TEST(reactor.cursor() == 3);
}

BOOST_AUTO_TEST_CASE(one_event_more_than_may_be_parked_pauses_it) {
  auto options = from_the_beginning();
  options.attempts_max = 1;
  options.parked_max = 1;
  lone_reactor reactor{options};
  reactor.append("1", {"fail"});
  reactor.append("2", {"fail"});
  reactor.start();
  BOOST_TEST((reactor.status().phase == projection_phase::paused));
  BOOST_TEST(reactor.parked().size() == 1U);
  BOOST_TEST(reactor.cursor() == 1);
  reactor.pages->mend();
  // Wishes are fulfilled before it goes on.
  must(reactor.asks()->wish(reactor.view, {}, parked_wish::retry));
  must(reactor.asks()->resume(reactor.view));
  reactor.system.advance(1s);
  BOOST_TEST(reactor.parked().empty());
  BOOST_TEST(reactor.pages->positions() == (places{1, 2}), per_element());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
