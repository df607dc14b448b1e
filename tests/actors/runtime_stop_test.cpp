// SPDX-License-Identifier: MIT
#include "tests/support/eventually.hpp"
#include "tests/support/faulty_store.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/running_service.hpp"
#include "tests/support/tally.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(runtime_stop)

namespace {

using namespace std::chrono_literals;

int count_entries(const char* folder) {
  return static_cast<int>(
    std::distance(std::filesystem::directory_iterator{folder},
                  std::filesystem::directory_iterator{}));
}

int threads_now() {
  return count_entries("/proc/self/task");
}

int files_now() {
  return count_entries("/proc/self/fd");
}

} // namespace

BOOST_AUTO_TEST_CASE(what_is_under_way_is_finished_before_it_stops) {
  auto service = start_in_memory(tallies());
  std::vector<std::future<outcome<tally>>> answers;
  for (int n = 0; n < 500; ++n)
    answers.push_back(service.send<tally>(std::to_string(n % 20), add{1, ""}));
  service.stop();
  for (auto& answer : answers) {
    BOOST_REQUIRE((answer.wait_for(0ms) == std::future_status::ready));
    accepted_by(answer.get());
  }
}

BOOST_AUTO_TEST_CASE(a_stopped_runtime_refuses_at_once) {
  auto service = start_in_memory(tallies());
  service.stop();
  BOOST_TEST(
    ended_with(errc::shutting_down, get(service.send<tally>("1", add{1, ""}))));
}

BOOST_AUTO_TEST_CASE(a_stopped_runtime_can_still_be_read) {
  auto service = start_in_memory(tallies());
  accepted_by(get(service.send<tally>("1", add{7, ""})));
  must(service.drain(long_enough));
  service.stop();
  BOOST_TEST(must(service.read_log(position{0}, 10)).events.size() == 1);
  BOOST_TEST(
    must(service.read_stream({"tally", "1"}, version{1}, 10)).events.size()
    == 1);
  BOOST_TEST(must(service.find<sums>("1"))->sum == 7);
  BOOST_TEST(must(service.query<sums>()).documents.size() == 1);
  BOOST_TEST(must(service.summary()).events == 1);
  BOOST_TEST(service.status().head == position{1});
  BOOST_TEST((status_of(service, "sums").phase == projection_phase::stopped));
  must(service.drain(0ms));
}

BOOST_AUTO_TEST_CASE(a_query_that_waits_for_a_stopped_projection_ends) {
  auto service = start_in_memory(tallies());
  auto answer = std::async(std::launch::async, [&] {
    return service.find<sums>("1", {position{1}, std::chrono::hours{1}});
  });
  service.stop();
  BOOST_TEST(
    fails_with(errc::deadline_exceeded, get(std::move(answer)), "stopped"));
}

BOOST_AUTO_TEST_CASE(stopping_twice_is_stopping_once) {
  auto service = start_in_memory(tallies());
  service.stop();
  service.stop();
}

BOOST_AUTO_TEST_CASE(another_thread_than_the_one_that_started_it_may_stop_it) {
  auto service = start_in_memory(tallies());
  get(std::async(std::launch::async, [&] { service.stop(); }));
  auto started_elsewhere = get(
    std::async(std::launch::async, [] { return start_in_memory(tallies()); }));
  started_elsewhere.stop();
}

BOOST_AUTO_TEST_CASE(who_stops_at_the_same_time_returns_when_all_is_stopped) {
  auto service = start_in_memory(tallies());
  const auto before = threads_now();
  std::vector<std::jthread> stoppers;
  std::atomic<bool> left_something{false};
  for (int n = 0; n < 3; ++n)
    stoppers.emplace_back([&] {
      service.stop();
      if ((status_of(service, "sums").phase != projection_phase::stopped))
        left_something = true;
    });
  stoppers.clear();
  BOOST_TEST(!left_something);
  BOOST_TEST(eventually([&] { return threads_now() < before; }));
}

BOOST_AUTO_TEST_CASE(what_cannot_finish_in_time_is_told_so) {
  auto with = quick();
  with.stop_timeout = 10ms;
  with.aggregate_in_flight_max = 1;
  const auto store = std::make_shared<faulty_store>();
  auto service = start_on(store, tallies(), with);
  blocked_calls writes{store->faults(), store_call::write};
  auto written = service.send<tally>("1", add{1, ""});
  BOOST_REQUIRE(store->faults().wait_for_calls(store_call::write, 1));
  auto waiting = service.send<tally>("1", add{1, ""});
  auto stopping = std::async(std::launch::async, [&] { service.stop(); });
  // It is told before the writer, which is stuck, comes back.
  const auto told = get(std::move(written));
  BOOST_TEST(ended_with(errc::outcome_unknown, told));
  BOOST_TEST(ended_with(errc::unavailable, get(std::move(waiting))));
  writes.release();
  get(std::move(stopping));
}

BOOST_AUTO_TEST_CASE(a_store_that_is_away_does_not_keep_it_from_stopping) {
  auto with = quick();
  with.stop_timeout = 10ms;
  const auto store = std::make_shared<faulty_store>();
  auto service = start_on(store, tallies(), with);
  store->faults().plan(store_call::write, store_fault::lost_after);
  store->faults().plan(store_call::take, store_fault::fails);
  auto in_doubt = service.send<tally>("1", add{1, ""});
  BOOST_REQUIRE(store->faults().wait_for_calls(store_call::write, 1));
  const auto started = std::chrono::steady_clock::now();
  service.stop();
  BOOST_TEST((std::chrono::steady_clock::now() - started < long_enough));
  BOOST_TEST(ended_with(errc::outcome_unknown, get(std::move(in_doubt))));
}

BOOST_AUTO_TEST_CASE(every_command_that_races_a_stop_is_answered) {
  for (int round = 0; round < 30; ++round) {
    auto with = quick();
    with.stop_timeout = round % 2 == 0 ? 0ms : 10'000ms;
    auto service = start_in_memory(tallies(), with);
    std::vector<std::jthread> senders;
    std::atomic<int> sent{0};
    std::atomic<int> heard{0};
    std::atomic<int> silent_failures{0};
    for (int sender = 0; sender < 3; ++sender)
      senders.emplace_back([&] {
        for (bool stopped = false; !stopped;) {
          ++sent;
          service.send<tally>(std::to_string(sent % 5), add{1, ""}, {},
                              [&](const outcome<tally>&) { ++heard; });
          stopped = get(service.send<tally>("1", rest{})).failed() != nullptr;
        }
      });
    BOOST_REQUIRE(eventually([&] { return heard > 20; }));
    service.stop();
    senders.clear();
    BOOST_REQUIRE(heard == sent);
  }
}

BOOST_AUTO_TEST_CASE(fifty_lives_under_load_leave_no_thread_and_no_file) {
  const auto live = [] {
    auto service = start_in_memory(tallies());
    std::vector<std::future<outcome<tally>>> answers;
    for (int n = 0; n < 100; ++n)
      answers.push_back(
        service.send<tally>(std::to_string(n % 10), add{1, ""}));
    const auto started = std::chrono::steady_clock::now();
    service.stop();
    BOOST_REQUIRE((std::chrono::steady_clock::now() - started < 10s));
    for (auto& answer : answers)
      accepted_by(get(std::move(answer)));
  };
  live();
  BOOST_REQUIRE(eventually([] { return threads_now() == 1; }));
  const auto files = files_now();
  for (int n = 0; n < 50; ++n)
    live();
  // A detached thread may still be on its last lines.
  BOOST_TEST(eventually([] { return threads_now() == 1; }));
  BOOST_TEST(files_now() == files);
}

BOOST_AUTO_TEST_CASE(a_long_poll_interval_does_not_hold_up_the_end) {
  auto with = quick();
  with.poll_interval = std::chrono::hours{1};
  with.restart_pause_min = with.restart_pause_max = std::chrono::hours{1};
  auto service = start_in_memory(tallies(), with);
  accepted_by(get(service.send<tally>("1", add{1, ""})));
  const auto started = std::chrono::steady_clock::now();
  service.stop();
  BOOST_TEST((std::chrono::steady_clock::now() - started < long_enough));
}

BOOST_AUTO_TEST_CASE(a_runtime_that_did_not_start_leaves_nothing) {
  const auto store = std::make_shared<faulty_store>();
  auto owner = must(store->open_writer());
  must(owner->acquire("other", 0ms));
  const auto threads = threads_now();
  BOOST_TEST(
    fails_with(errc::not_owner, try_start_on(store, tallies()), "other"));
  BOOST_TEST(eventually([&] { return threads_now() <= threads; }));
}

BOOST_AUTO_TEST_CASE(the_log_can_be_taken_when_stop_has_returned) {
  const auto store = std::make_shared<faulty_store>();
  for (int round = 1; round <= 20; ++round) {
    auto service = start_on(store, tallies());
    BOOST_TEST(accepted_by(get(service.send<tally>("1", add{1, ""}))).at_version
               == version{round});
    service.stop();
    auto next = start_on(store, definition{});
    BOOST_TEST(next.status().epoch == epoch{2 * round});
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
