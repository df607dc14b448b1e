// SPDX-License-Identifier: MIT
#include "tests/support/eventually.hpp"
#include "tests/support/faulty_store.hpp"
#include "tests/support/moody.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/running_service.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

// Parking and pausing as a service's operator sees it.

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(parked_events)

namespace {

using namespace std::chrono_literals;

definition moody_tallies(const projection_options& options = {}) {
  definition service;
  service.aggregate<tally>().projection<moody>(options);
  service.projection<events_seen>();
  return service;
}

void say(runtime& service, const std::string& key, const std::string& note) {
  accepted_by(get(service.send<tally>(key, add{1, note})));
}

/// Moody as long as it lives.
struct bad_mood {
  bad_mood() { moody::mood().spoil(); }
  ~bad_mood() { moody::mood().mend(); }
};

bool becomes(runtime& service, projection_phase phase) {
  return eventually([&] { return status_of(service, "moody").phase == phase; });
}

} // namespace

BOOST_AUTO_TEST_CASE(a_parked_event_is_listed_retried_and_gone) {
  auto service = start_in_memory(moody_tallies());
  const bad_mood bad;
  say(service, "1", "throw");
  say(service, "1", "");
  say(service, "2", "");
  must(service.drain(long_enough));
  BOOST_TEST(must(service.find<moody>("2"))->sum == 1);
  const auto parked = must(service.parked_events("moody"));
  BOOST_REQUIRE(parked.size() == 2);
  BOOST_TEST(parked[0].message.find("in no mood") != std::string::npos);
  moody::mood().mend();
  BOOST_TEST(must(service.retry_parked("moody", "1")) == 2);
  BOOST_TEST(
    eventually([&] { return must(service.parked_events("moody")).empty(); }));
  BOOST_TEST(must(service.find<moody>("1"))->sum == 2);
}

BOOST_AUTO_TEST_CASE(who_waits_for_a_view_is_told_what_it_has_parked) {
  const auto store = std::make_shared<faulty_store>();
  const bad_mood bad;
  {
    auto service = start_on(store, moody_tallies());
    say(service, "1", "throw");
    must(service.drain(long_enough));
  }
  blocked_calls before_obeying{store->faults(), store_call::orders};
  auto service = start_on(store, moody_tallies());
  // Nobody is let go before.
  BOOST_TEST(fails_with(errc::deadline_exceeded, service.drain(10ms)));
  before_obeying.release();
  must(service.drain(long_enough));
  BOOST_TEST(status_of(service, "moody").parked == 1);
  BOOST_TEST(status_of(service, "moody").build == 1);
}

BOOST_AUTO_TEST_CASE(a_dropped_event_is_skipped_and_those_behind_it_applied) {
  auto service = start_in_memory(moody_tallies());
  const bad_mood bad;
  say(service, "1", "throw");
  say(service, "1", "");
  must(service.drain(long_enough));
  must(service.drop_parked("moody", "1"));
  BOOST_TEST(
    eventually([&] { return must(service.parked_events("moody")).empty(); }));
  BOOST_TEST(must(service.find<moody>("1"))->sum == 1);
}

BOOST_AUTO_TEST_CASE(a_paused_projection_stands_still_and_says_why) {
  const auto store = std::make_shared<faulty_store>();
  {
    auto service = start_on(store, moody_tallies());
    say(service, "1", "");
    must(service.drain(long_enough));
    must(service.pause_projection("moody", "the auditor is here"));
    BOOST_REQUIRE(becomes(service, projection_phase::paused));
    say(service, "1", "");
    BOOST_TEST(
      must(service.find<events_seen>("all", {position{2}, long_enough}))->events
      == 2);
    BOOST_TEST(status_of(service, "moody").paused == "the auditor is here");
    BOOST_TEST(status_of(service, "moody").checkpoint == position{1});
    BOOST_TEST(fails_with(errc::deadline_exceeded, service.drain(1ms),
                          "the auditor is here"));
  }
  auto service = start_on(store, moody_tallies());
  BOOST_REQUIRE(becomes(service, projection_phase::paused));
  must(service.resume_projection("moody"));
  must(service.drain(long_enough));
  BOOST_TEST(must(service.find<moody>("1"))->sum == 2);
}

BOOST_AUTO_TEST_CASE(a_drain_names_all_that_are_behind_and_waits_for_no_pause) {
  auto service = start_in_memory(moody_tallies());
  must(service.drain(long_enough));
  for (const auto* name : {"moody", "events_seen"})
    must(service.pause_projection(name, "until Monday"));
  BOOST_REQUIRE(eventually([&] {
    return !status_of(service, "moody").paused.empty()
           && !status_of(service, "events_seen").paused.empty();
  }));
  say(service, "1", "");
  const auto drained = service.drain(std::chrono::hours{1});
  for (const auto* words : {"moody is at position 0", "events_seen is at"})
    BOOST_TEST(fails_with(errc::deadline_exceeded, drained, words));
}

BOOST_AUTO_TEST_CASE(a_projection_that_nobody_knows_is_refused) {
  auto service = start_in_memory(moody_tallies());
  BOOST_TEST(
    fails_with(errc::invalid_argument, service.pause_projection("mood", "x")));
  BOOST_TEST(fails_with(errc::invalid_argument,
                        service.pause_projection("moody", ""), "reason"));
  BOOST_TEST(fails_with(errc::invalid_argument, service.retry_parked("mood")));
  BOOST_TEST(fails_with(errc::invalid_argument, service.parked_events("mood")));
  BOOST_TEST(
    fails_with(errc::limit_exceeded, service.parked_events("moody", {}, 0)));
  BOOST_TEST(
    fails_with(errc::limit_exceeded, service.parked_events("moody", {}, 1001)));
}

BOOST_AUTO_TEST_CASE(
  a_handler_that_hangs_does_not_hold_up_the_rest_nor_the_stop) {
  auto service = start_in_memory(moody_tallies({.handler_time_max = 50ms}));
  const bad_mood bad;
  say(service, "1", "hang");
  say(service, "2", "");
  must(service.drain(long_enough));
  BOOST_TEST(must(service.find<moody>("2"))->sum == 1);
  BOOST_TEST(must(service.parked_events("moody")).size() == 1);
  service.stop();
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
