// SPDX-License-Identifier: MIT
#include "tests/support/eventually.hpp"
#include "tests/support/faulty_store.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/running_service.hpp"
#include "tests/support/tally.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>

// Two runtimes on one store, as two processes on one database.

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(two_runtimes)

namespace {

using namespace std::chrono_literals;

struct shared_store {
  std::shared_ptr<faulty_store> store = std::make_shared<faulty_store>();

  runtime owner() { return start_on(store, tallies()); }

  runtime reader() {
    return start_on(store, tallies(), quick(), participation::reader);
  }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_second_owner_does_not_start) {
  shared_store shared;
  auto owner = shared.owner();
  BOOST_TEST(
    fails_with(errc::not_owner, try_start_on(shared.store, tallies())));
}

BOOST_AUTO_TEST_CASE(a_second_owner_waits_as_long_as_it_is_told) {
  shared_store shared;
  auto owner = shared.owner();
  auto with = quick();
  with.ownership_wait = 60'000ms;
  auto second = std::async(std::launch::async, [&] {
    return start_on(shared.store, tallies(), with);
  });
  BOOST_REQUIRE(shared.store->faults().wait_for_calls(store_call::take, 2));
  owner.stop();
  auto next = get(std::move(second));
  BOOST_TEST(accepted_by(get(next.send<tally>("1", add{1, ""}))).at_version
             == version{1});
}

BOOST_AUTO_TEST_CASE(a_reader_takes_no_commands) {
  shared_store shared;
  auto reader = shared.reader();
  BOOST_TEST(ended_with(
    errc::not_owner, get(reader.send<tally>("1", add{1, ""})), "only reads"));
}

BOOST_AUTO_TEST_CASE(a_reader_alone_builds_the_views) {
  shared_store shared;
  {
    definition without;
    without.aggregate<tally>();
    auto owner = start_on(shared.store, without);
    accepted_by(get(owner.send<tally>("1", count{7})));
    auto reader = shared.reader();
    BOOST_TEST(must(reader.find<sums>("1", {position{7}, long_enough}))->sum
               == 7);
    // New events reach it by polling.
    accepted_by(get(owner.send<tally>("1", count{3})));
    BOOST_TEST(must(reader.find<sums>("1", {position{10}, long_enough}))->sum
               == 10);
  }
}

BOOST_AUTO_TEST_CASE(a_view_that_runs_elsewhere_can_be_read_and_waited_for) {
  shared_store shared;
  auto owner = shared.owner();
  accepted_by(get(owner.send<tally>("1", count{5})));
  must(owner.drain(long_enough));
  auto reader = shared.reader();
  BOOST_TEST(must(reader.find<sums>("1", {position{5}, long_enough}))->sum
             == 5);
  BOOST_TEST((status_of(reader, "sums").phase == projection_phase::elsewhere));
  const auto stored = accepted_by(get(owner.send<tally>("1", add{1, ""})));
  BOOST_TEST(
    must(reader.find<sums>("1", {stored.at_position, long_enough}))->sum == 6);
  must(reader.drain(long_enough));
  BOOST_TEST(reader.status().head == position{6});
}

BOOST_AUTO_TEST_CASE(a_view_is_taken_over_when_its_process_stops) {
  shared_store shared;
  auto reader = shared.reader();
  {
    auto owner = shared.owner();
    for (int n = 0; n < 20; ++n)
      accepted_by(get(owner.send<tally>("1", add{1, ""})));
    must(owner.drain(long_enough));
  }
  BOOST_TEST(must(reader.find<sums>("1", {position{20}, long_enough}))->sum
             == 20);
  auto owner = shared.owner();
  accepted_by(get(owner.send<tally>("1", add{1, ""})));
  BOOST_TEST(must(reader.find<sums>("1", {position{21}, long_enough}))->sum
             == 21);
  const auto running = [](const runtime& service) {
    return status_of(service, "sums").phase == projection_phase::running;
  };
  BOOST_TEST(eventually([&] { return running(reader) || running(owner); }));
  reader.stop();
  BOOST_TEST(eventually([&] { return running(owner); }));
  accepted_by(get(owner.send<tally>("1", add{1, ""})));
  BOOST_TEST(must(owner.find<sums>("1", {position{22}, long_enough}))->sum
             == 22);
}

BOOST_AUTO_TEST_CASE(no_two_runtimes_build_one_view_however_often_they_change) {
  shared_store shared;
  auto owner = shared.owner();
  std::int64_t sent = 0;
  for (int round = 0; round < 10; ++round) {
    auto reader = shared.reader();
    for (int n = 0; n < 20; ++n, ++sent)
      static_cast<void>(owner.send<tally>("1", add{1, ""}));
    if (round % 2 == 0)
      reader.stop();
    else
      owner.stop(), owner = shared.owner();
  }
  must(owner.drain(long_enough));
  BOOST_TEST(must(owner.find<sums>("1"))->sum == sent);
  BOOST_TEST(must(owner.find<sums>("1"))->events == sent);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
