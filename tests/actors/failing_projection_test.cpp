// SPDX-License-Identifier: MIT
#include "tests/support/eventually.hpp"
#include "tests/support/faulty_store.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/running_service.hpp"
#include "tests/support/tally.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(failing_projection)

namespace {

using namespace std::chrono_literals;

/// A projection that refuses events from a position on, until it is mended.
class refusing_from {
public:
  explicit refusing_from(std::int64_t position) { sums::fails_from = position; }

  ~refusing_from() { mend(); }

  void mend() { sums::fails_from = 0; }
};

void add_one(runtime& service, const std::string& key) {
  accepted_by(get(service.send<tally>(key, add{1, ""})));
}

/// What the view must hold: the fold of the whole log.
void check_views(runtime& service, int keys, std::int64_t each) {
  must(service.drain(long_enough));
  for (int key = 0; key < keys; ++key) {
    const auto shown = must(service.find<sums>(std::to_string(key)));
    BOOST_REQUIRE(shown.has_value());
    BOOST_TEST(shown->sum == each);
    BOOST_TEST(shown->events == each);
  }
  BOOST_TEST(must(service.find<events_seen>("all"))->events == keys * each);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_failing_event_is_told_and_nobody_else_suffers) {
  auto service = start_in_memory(tallies());
  refusing_from third{3};
  for (int n = 0; n < 5; ++n)
    add_one(service, "0");
  must(service.drain(long_enough));
  const auto failing = status_of(service, "sums");
  BOOST_TEST(failing.last_error.find("position 3") != std::string::npos);
  BOOST_TEST(failing.parked == 3);
  BOOST_TEST(failing.restarts == 0U);
  BOOST_TEST(must(service.find<sums>("0"))->events == 2);
  BOOST_TEST(must(service.find<events_seen>("all"))->events == 5);
  BOOST_TEST(status_of(service, "events_seen").parked == 0);
}

BOOST_AUTO_TEST_CASE(a_mended_projection_goes_on_without_missing_or_doubling) {
  auto service = start_in_memory(tallies());
  refusing_from third{3};
  for (int n = 0; n < 20; ++n)
    add_one(service, std::to_string(n % 2));
  must(service.drain(long_enough));
  BOOST_TEST(status_of(service, "sums").parked == 18);
  third.mend();
  BOOST_TEST(must(service.retry_parked("sums")) == 18);
  BOOST_REQUIRE(
    eventually([&] { return status_of(service, "sums").parked == 0; }));
  check_views(service, 2, 10);
  // What went wrong stays visible.
  BOOST_TEST(!status_of(service, "sums").last_error.empty());
  BOOST_TEST((status_of(service, "sums").phase == projection_phase::running));
}

BOOST_AUTO_TEST_CASE(
  a_store_that_fails_a_projection_at_any_call_costs_no_event) {
  for (const auto call :
       {store_call::open_view, store_call::claim, store_call::parked,
        store_call::orders, store_call::load, store_call::commit,
        store_call::read_log})
    for (const auto how : {store_fault::fails, store_fault::lost_after})
      for (int nth = 1; nth <= 3; ++nth) {
        const auto store = std::make_shared<faulty_store>();
        store->faults().plan(call, how, nth, nth);
        auto service = start_on(store, tallies());
        for (int n = 0; n < 20; ++n)
          add_one(service, std::to_string(n % 2));
        check_views(service, 2, 10);
      }
}

BOOST_AUTO_TEST_CASE(a_projection_that_fails_while_it_stops_stays_stopped) {
  auto with = quick();
  with.restart_pause_min = with.restart_pause_max = 1ms;
  for (int round = 0; round < 20; ++round) {
    const auto store = std::make_shared<faulty_store>();
    store->faults().plan(store_call::commit, store_fault::fails);
    auto service = start_on(store, tallies(), with);
    add_one(service, "0");
    BOOST_REQUIRE(
      eventually([&] { return status_of(service, "sums").restarts >= 1; }));
    service.stop();
    BOOST_TEST((status_of(service, "sums").phase == projection_phase::stopped));
  }
}

BOOST_AUTO_TEST_CASE(a_log_that_is_read_from_the_store_only_reaches_the_views) {
  auto with = quick();
  with.feed_bytes_max = 0;
  const auto store = std::make_shared<faulty_store>();
  auto service = start_on(store, tallies(), with);
  for (int n = 0; n < 20; ++n)
    add_one(service, std::to_string(n % 2));
  check_views(service, 2, 10);
  BOOST_TEST(store->faults().calls(store_call::read_log) > 0);
}

BOOST_AUTO_TEST_CASE(a_view_is_built_from_the_beginning_of_a_long_log) {
  const auto store = std::make_shared<faulty_store>();
  {
    definition without;
    without.aggregate<tally>();
    auto service = start_on(store, without);
    for (int n = 0; n < 12; ++n)
      accepted_by(get(service.send<tally>(std::to_string(n % 2), count{500})));
  }
  auto with = quick();
  with.page_events_max = 333;
  auto service = start_on(store, tallies(), with);
  check_views(service, 2, 3000);
}

BOOST_AUTO_TEST_CASE(page_sizes_beyond_the_bounds_are_brought_within) {
  for (const std::size_t page : {0, 1, 5'000}) {
    auto with = quick();
    with.page_events_max = page;
    auto service = start_in_memory(tallies(), with);
    for (int n = 0; n < 20; ++n)
      add_one(service, std::to_string(n % 2));
    check_views(service, 2, 10);
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
