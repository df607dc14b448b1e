// SPDX-License-Identifier: MIT
#include "tests/support/diary.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/faulty_store.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/running_service.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <future>
#include <string>
#include <vector>

// Reactors with threads of their own, as a service has them.

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(runtime_reactors)

namespace {

using namespace std::chrono_literals;
using boost::test_tools::per_element;
using places = std::vector<std::int64_t>;
using pages_ptr = std::shared_ptr<diary_pages>;

reactor_options impatient() {
  reactor_options options;
  options.attempts_max = 3;
  options.pause_min = 1ms;
  options.pause_max = 4ms;
  return options;
}

definition with_diary(const pages_ptr& pages,
                      const reactor_options& options = impatient()) {
  auto service = tallies();
  service.reactor<diary>(diary{pages}, options);
  return service;
}

/// Nobody else whom a fault of the store could hit.
definition only_diary(const pages_ptr& pages) {
  definition service;
  service.aggregate<tally>().reactor<diary>(diary{pages}, impatient());
  return service;
}

void say(runtime& service, const std::string& key, const std::string& note) {
  accepted_by(get(service.send<tally>(key, add{1, note})));
}

} // namespace

BOOST_AUTO_TEST_CASE(as_many_run_at_once_as_may_and_not_one_more) {
  const auto pages = std::make_shared<diary_pages>();
  auto options = impatient();
  options.concurrency = 3;
  auto service = start_in_memory(with_diary(pages, options));
  for (int key = 0; key < 8; ++key)
    say(service, std::to_string(key), "wait");
  BOOST_TEST(eventually([&] { return pages->busy == 3; }));
  pages->mend();
  must(service.drain(long_enough));
  BOOST_TEST(pages->positions().size() == 8U);
  BOOST_TEST(pages->busy_max == 3);
}

BOOST_AUTO_TEST_CASE(one_key_that_waits_holds_up_no_other) {
  const auto pages = std::make_shared<diary_pages>();
  auto service = start_in_memory(with_diary(pages));
  say(service, "1", "wait");
  say(service, "1", "");
  for (int n = 0; n < 20; ++n)
    say(service, "2", "");
  BOOST_TEST(eventually([&] { return pages->positions("2").size() == 20; }));
  BOOST_TEST(pages->positions("1").empty());
  BOOST_TEST(status_of(service, "diary").checkpoint == position{0});
  pages->mend();
  must(service.drain(long_enough));
  BOOST_TEST(pages->positions("1") == (places{1, 2}), per_element());
}

BOOST_AUTO_TEST_CASE(what_is_sent_after_the_start_is_reacted_to) {
  const auto store = std::make_shared<faulty_store>();
  {
    auto before = start_on(store, tallies());
    say(before, "1", "");
  }
  // However late it comes to it.
  const auto pages = std::make_shared<diary_pages>();
  auto service = start_on(store, with_diary(pages));
  say(service, "1", "");
  must(service.drain(long_enough));
  BOOST_TEST(pages->positions() == (places{2}), per_element());
}

BOOST_AUTO_TEST_CASE(a_start_that_cannot_begin_a_reactor_fails) {
  const auto store = std::make_shared<faulty_store>();
  const auto pages = std::make_shared<diary_pages>();
  store->faults().plan(store_call::commit, store_fault::fails, 1, 1);
  BOOST_TEST(
    fails_with(errc::unavailable, try_start_on(store, with_diary(pages))));
  auto service = start_on(store, with_diary(pages));
  say(service, "1", "");
  must(service.drain(long_enough));
  BOOST_TEST(pages->positions() == (places{1}), per_element());
}

BOOST_AUTO_TEST_CASE(a_stop_waits_for_reactions_under_way_and_keeps_them) {
  const auto store = std::make_shared<faulty_store>();
  const auto pages = std::make_shared<diary_pages>();
  {
    auto service = start_on(store, with_diary(pages));
    say(service, "1", "wait");
    say(service, "1", "");
    BOOST_REQUIRE(eventually([&] { return pages->busy == 1; }));
    auto stopped = std::async(std::launch::async, [&] { service.stop(); });
    BOOST_REQUIRE(eventually([&] {
      return status_of(service, "diary").phase == projection_phase::stopped;
    }));
    pages->mend();
    get(std::move(stopped));
    BOOST_TEST(pages->positions() == (places{1}), per_element());
  }
  auto service = start_on(store, with_diary(pages));
  must(service.drain(long_enough));
  BOOST_TEST(pages->positions() == (places{1, 2}), per_element());
}

BOOST_AUTO_TEST_CASE(a_new_worker_begins_when_the_last_reaction_has_ended) {
  const auto store = std::make_shared<faulty_store>();
  const auto pages = std::make_shared<diary_pages>();
  auto service = start_on(store, only_diary(pages));
  say(service, "1", "wait");
  say(service, "2", "");
  BOOST_REQUIRE(eventually([&] { return pages->positions() == places{2}; }));
  store->faults().plan(store_call::orders, store_fault::fails);
  BOOST_REQUIRE(eventually(
    [&] { return !status_of(service, "diary").last_error.empty(); }));
  store->faults().mend(store_call::orders);
  BOOST_TEST(status_of(service, "diary").restarts == 0U);
  BOOST_TEST(pages->busy == 1);
  pages->mend();
  must(service.drain(long_enough));
  BOOST_TEST(status_of(service, "diary").restarts > 0U);
  // Nothing of it was stored, so both are repeated.
  BOOST_TEST(pages->positions("1") == (places{1, 1}), per_element());
  BOOST_TEST(pages->positions("2") == (places{2, 2}), per_element());
}

BOOST_AUTO_TEST_CASE(a_reaction_that_hangs_holds_up_neither_rest_nor_stop) {
  const auto pages = std::make_shared<diary_pages>();
  auto options = impatient();
  options.handler_time_max = 50ms;
  auto service = start_in_memory(with_diary(pages, options));
  say(service, "1", "wait");
  say(service, "2", "");
  must(service.drain(long_enough));
  BOOST_TEST(pages->positions() == (places{2}), per_element());
  BOOST_TEST(must(service.parked_events("diary")).size() == 1U);
  service.stop();
  pages->mend();
}

BOOST_AUTO_TEST_CASE(a_reactor_shows_like_a_projection_and_obeys_like_one) {
  const auto pages = std::make_shared<diary_pages>();
  auto service = start_in_memory(with_diary(pages));
  say(service, "1", "fail");
  say(service, "1", "");
  say(service, "2", "");
  must(service.drain(long_enough));
  const auto shown = status_of(service, "diary");
  BOOST_TEST((shown.kind == projection_kind::reactor));
  BOOST_TEST((status_of(service, "sums").kind == projection_kind::view));
  BOOST_TEST((shown.phase == projection_phase::running));
  BOOST_TEST(shown.checkpoint == position{3});
  BOOST_TEST(shown.parked == 2);
  BOOST_TEST(shown.last_error.find("no paper") != std::string::npos);
  must(service.drop_parked("diary", "1"));
  BOOST_TEST(
    eventually([&] { return must(service.parked_events("diary")).empty(); }));
  BOOST_TEST(pages->positions("1") == (places{2}), per_element());
  must(service.pause_projection("diary", "the auditor is here"));
  BOOST_REQUIRE(eventually([&] {
    return status_of(service, "diary").phase == projection_phase::paused;
  }));
  say(service, "3", "");
  const freshness seen{position{4}, long_enough};
  must(service.find<sums>("3", seen));
  must(service.find<events_seen>("all", seen));
  BOOST_TEST(fails_with(errc::deadline_exceeded, service.drain(1ms),
                        "the auditor is here"));
  must(service.resume_projection("diary"));
  must(service.drain(long_enough));
  BOOST_TEST(pages->positions("3") == (places{4}), per_element());
}

BOOST_AUTO_TEST_CASE(a_runtime_that_only_reads_reacts_to_nothing) {
  const auto store = std::make_shared<faulty_store>();
  const auto pages = std::make_shared<diary_pages>();
  {
    auto owner = start_on(store, with_diary(pages));
    say(owner, "1", "fail");
    must(owner.drain(long_enough));
  }
  pages->mend();
  const auto before = pages->attempts.load();
  auto reader = start_on(store, with_diary(pages), quick(),
                         participation::reader);
  BOOST_REQUIRE(eventually(
    [&] { return status_of(reader, "diary").checkpoint == position{1}; }));
  BOOST_TEST((status_of(reader, "diary").phase == projection_phase::elsewhere));
  BOOST_TEST(must(reader.retry_parked("diary")) == 1);
  must(reader.drain(long_enough));
  reader.stop();
  BOOST_TEST(pages->attempts == before);
  // Whoever reacts next fulfils the wish.
  auto owner = start_on(store, with_diary(pages));
  BOOST_TEST(eventually([&] { return pages->positions() == places{1}; }));
}

BOOST_AUTO_TEST_CASE(
  a_store_that_fails_a_reactor_at_any_call_costs_no_event_nor_order) {
  for (const auto call :
       {store_call::open_view, store_call::claim, store_call::parked,
        store_call::orders, store_call::load, store_call::commit,
        store_call::read_log})
    for (const auto how : {store_fault::fails, store_fault::lost_after})
      for (int nth = 1; nth <= 3; ++nth) {
        const auto store = std::make_shared<faulty_store>();
        const auto pages = std::make_shared<diary_pages>();
        auto service = start_on(store, only_diary(pages));
        store->faults().plan(call, how, nth, nth);
        for (int n = 1; n <= 20; ++n)
          say(service, std::to_string(n % 2), "");
        must(service.drain(long_enough));
        for (const auto* key : {"0", "1"}) {
          auto last = std::int64_t{*key == '0' ? 0 : -1};
          for (const auto at : pages->positions(key)) {
            BOOST_REQUIRE(at <= last + 2);
            last = at;
          }
          BOOST_REQUIRE(last == (*key == '0' ? 20 : 19));
        }
      }
}

BOOST_AUTO_TEST_CASE(a_reactor_without_hope_pauses_and_says_why) {
  auto with = quick();
  with.restart_pause_min = with.restart_pause_max = 1ms;
  const auto pages = std::make_shared<diary_pages>();
  auto service = tallies();
  service.reactor<diary>([]() -> expected<std::shared_ptr<diary>> {
    return failure(errc::invalid_argument, "there is no such printer");
  });
  auto running = start_in_memory(service, with);
  BOOST_REQUIRE(eventually([&] {
    return status_of(running, "diary").phase == projection_phase::paused;
  }));
  BOOST_TEST(status_of(running, "diary").paused.find("no such printer")
             != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
