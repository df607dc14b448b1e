// SPDX-License-Identifier: MIT
#include "tests/support/log_writer_under_test.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(log_writer)

using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(what_waits_is_written_in_one_batch) {
  lone_writer log;
  for (int stream = 1; stream <= 10; ++stream)
    log.order(stream);
  log.system.run();
  BOOST_TEST(log.counted->batches == 1);
  BOOST_TEST(log.verdicts.size() == 10);
  BOOST_TEST(log.published_positions() == one_to(10),
             boost::test_tools::per_element());
  BOOST_TEST(log.counted->head == 10);
}

BOOST_AUTO_TEST_CASE(the_head_is_known_before_anybody_hears) {
  lone_writer log;
  std::vector<std::int64_t> heads;
  log.senders[1] = watchful_sender::make(log.system.system(),
                                         [&](const actors::append_verdict&) {
                                           heads.push_back(log.counted->head);
                                         });
  log.order(1, 0, 3);
  log.system.run();
  BOOST_TEST(heads == std::vector<std::int64_t>{3},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_batch_ends_at_its_bound_of_events) {
  lone_writer log;
  log.order(1, 0, 999);
  log.order(2);
  log.order(3);
  log.system.run();
  BOOST_TEST(log.counted->batches == 2);
  BOOST_TEST(log.published.at(0)->size() == 1000);
  BOOST_TEST(log.published.at(1)->size() == 1);
}

BOOST_AUTO_TEST_CASE(a_batch_ends_at_its_bound_of_bytes) {
  lone_writer log;
  const std::string mebibyte = '"' + std::string(1024 * 1024 - 2, 'x') + '"';
  for (int stream = 1; stream <= 5; ++stream)
    log.order(stream, 0, 1, mebibyte);
  log.system.run();
  BOOST_TEST(log.counted->batches == 2);
  BOOST_TEST(log.published.at(0)->size() == 4);
}

BOOST_AUTO_TEST_CASE(each_sender_hears_of_its_own_append) {
  lone_writer log;
  log.order(1);
  log.order(1, 7);
  log.order(2, 0, 1, "no json");
  log.order(3);
  log.system.run();
  BOOST_REQUIRE(log.verdicts.size() == 4);
  for (std::size_t n = 0; n < 4; ++n)
    BOOST_TEST(log.verdicts[n].ticket == n + 1);
  BOOST_TEST(log.verdicts[0].outcome.has_value());
  BOOST_TEST(log.code(1) == errc::version_conflict);
  BOOST_TEST(log.code(2) == errc::invalid_argument);
  BOOST_TEST(log.verdicts[3].outcome.has_value());
  BOOST_TEST(log.published_positions() == one_to(2),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_append_above_the_bounds_fails_alone) {
  lone_writer log;
  log.order(1, 0, 1001);
  log.order(2);
  log.system.run();
  BOOST_TEST(log.code(0) == errc::limit_exceeded);
  BOOST_TEST(log.verdicts.at(1).outcome.has_value());
}

BOOST_AUTO_TEST_CASE(an_append_in_doubt_is_resolved_before_anybody_hears) {
  for (const auto how : {store_fault::fails, store_fault::lost_after}) {
    lone_writer log{{.in_doubt_max = 10'000ms}};
    log.store.faults().plan(store_call::write, how, 1, 1);
    log.order(1);
    log.order(2);
    log.system.run();
    BOOST_REQUIRE(log.verdicts.size() == 2);
    BOOST_TEST(log.verdicts[0].outcome.has_value());
    BOOST_TEST(log.verdicts[1].outcome.has_value());
    BOOST_TEST(log.published_positions() == one_to(2),
               boost::test_tools::per_element());
    log.order(3);
    log.system.run();
    BOOST_TEST(log.published_positions() == one_to(3),
               boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(a_store_that_comes_back_in_time_is_waited_for) {
  lone_writer log{{.in_doubt_max = 10'000ms}};
  log.store.faults().plan(store_call::write, store_fault::lost_after, 1, 1);
  log.store.faults().plan(store_call::take, store_fault::fails, 1, 2);
  log.order(1);
  log.system.run();
  BOOST_TEST(log.store.faults().calls(store_call::take) == 4);
  BOOST_TEST(log.verdicts.at(0).outcome.has_value());
}

BOOST_AUTO_TEST_CASE(a_store_that_stays_away_leaves_the_outcome_unknown) {
  lone_writer log;
  log.store.faults().plan(store_call::write, store_fault::lost_after, 1, 1);
  log.store.faults().plan(store_call::take, store_fault::fails);
  log.order(1);
  log.system.run();
  BOOST_TEST(log.code(0) == errc::outcome_unknown);
  BOOST_TEST(log.published.empty());
  log.order(2);
  log.system.run();
  BOOST_TEST(log.code(1) == errc::unavailable);
}

BOOST_AUTO_TEST_CASE(
  after_an_unknown_outcome_later_senders_do_not_wait_as_long) {
  lone_writer log{{.in_doubt_max = 60ms}};
  log.store.faults().plan(store_call::write, store_fault::lost_after, 1, 1);
  log.store.faults().plan(store_call::take, store_fault::fails);
  log.order(1);
  log.system.run();
  const auto before = log.store.faults().calls(store_call::take);
  log.order(2);
  log.system.run();
  BOOST_TEST(log.code(1) == errc::unavailable);
  BOOST_TEST(log.store.faults().calls(store_call::take) == before + 1);
}

BOOST_AUTO_TEST_CASE(a_batch_told_as_unknown_is_published_once_it_is_resolved) {
  for (const auto how : {store_fault::fails, store_fault::lost_after}) {
    lone_writer log;
    log.store.faults().plan(store_call::write, how, 1, 1);
    log.store.faults().plan(store_call::take, store_fault::fails);
    log.order(1);
    log.system.run();
    log.store.faults().mend(store_call::take);
    log.order(2);
    log.system.run();
    // The last word on the first, and the second.
    BOOST_REQUIRE(log.verdicts.size() == 3);
    BOOST_TEST(log.verdicts[1].ticket == 1U);
    BOOST_TEST(log.verdicts[1].outcome.has_value());
    BOOST_TEST(log.verdicts[2].outcome.has_value());
    BOOST_TEST(log.published_positions() == one_to(2),
               boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(what_is_in_doubt_is_settled_also_when_no_command_comes) {
  for (const auto how : {store_fault::fails, store_fault::lost_after}) {
    lone_writer log;
    log.store.faults().plan(store_call::write, how, 1, 1);
    log.store.faults().plan(store_call::take, store_fault::fails, 1, 3);
    log.order(1);
    log.system.run();
    BOOST_TEST(!log.counted->head_known);
    for (int n = 0; n < 5; ++n)
      log.system.advance(500ms);
    BOOST_TEST(log.counted->head_known);
    BOOST_TEST(log.verdicts.size() == 2);
    BOOST_TEST(log.verdicts.back().outcome.has_value());
    BOOST_TEST(log.published_positions() == one_to(1),
               boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(a_stopping_runtime_does_not_wait_for_the_store) {
  lone_writer log{{.in_doubt_max = std::chrono::hours{1}}};
  log.store.faults().plan(store_call::write, store_fault::lost_after, 1, 1);
  log.store.faults().plan(store_call::take, store_fault::fails);
  log.stop->raise();
  log.order(1);
  log.system.run();
  BOOST_TEST(log.code(0) == errc::outcome_unknown);
}

BOOST_AUTO_TEST_CASE(a_position_taken_by_somebody_else_loses_the_log_for_all) {
  lone_writer log;
  log.order(1);
  log.system.run();
  log.store.faults().plan(store_call::write, store_fault::position_taken, 1, 1);
  log.order(2);
  log.order(3);
  log.system.run();
  log.order(4);
  log.system.run();
  for (std::size_t n = 1; n <= 3; ++n)
    BOOST_TEST(log.code(n) == errc::not_owner);
  BOOST_TEST(log.lost.size() == 1);
  BOOST_TEST(log.published_positions() == one_to(1),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(
  a_log_taken_over_while_in_doubt_is_lost_and_the_doubt_told) {
  lone_writer log;
  log.store.faults().plan(store_call::write, store_fault::lost_after, 1, 1);
  log.store.faults().plan(store_call::take, store_fault::fails);
  log.order(1);
  log.system.run();
  log.store.faults().mend(store_call::take);
  {
    auto other = must(log.store.open_writer());
    must(other->acquire("other", 0ms));
  }
  log.order(2);
  log.system.run();
  BOOST_TEST(log.code(0) == errc::outcome_unknown);
  BOOST_TEST(log.verdicts.at(1).outcome.has_value()); // the last word on it
  BOOST_TEST(log.code(2) == errc::not_owner);
  BOOST_TEST(log.lost.size() == 1);
}

BOOST_AUTO_TEST_CASE(behind_a_failed_order_a_sender_gets_nothing_stored) {
  lone_writer log;
  log.order(1, 0, 1, "not json"); // refused by the store
  log.order(2);
  log.system.run();
  BOOST_TEST(log.code(0) == errc::invalid_argument);
  // Its version fits, and yet it was decided on what has not happened.
  log.order(1);
  log.order(2, 1);
  log.system.run();
  BOOST_REQUIRE(log.verdicts.size() == 4);
  BOOST_TEST(log.code(2) == errc::version_conflict);
  BOOST_TEST(log.verdicts[3].outcome.has_value());
  log.system.send(log.actor, actors::forgive{log.sender_of(1).id()});
  log.order(1);
  log.system.run();
  BOOST_TEST(log.verdicts.at(4).outcome.has_value());
}

BOOST_AUTO_TEST_CASE(what_waits_behind_a_failed_order_is_refused_with_it) {
  lone_writer log;
  log.order(1, 0, 600, "not json");
  log.order(1, 0, 600); // the next batch
  log.order(2);
  log.system.run();
  BOOST_REQUIRE(log.verdicts.size() == 3);
  for (const auto& each : log.verdicts)
    BOOST_TEST(each.outcome.has_value() == (each.ticket == 3U));
  BOOST_TEST(log.published_positions() == one_to(1),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_big_batch_is_told_as_a_small_one_and_in_order) {
  lone_writer log;
  for (int stream = 1; stream <= 100; ++stream)
    log.order(stream);
  log.system.run();
  log.order(1, 1);
  log.system.run();
  BOOST_REQUIRE(log.verdicts.size() == 101);
  for (std::size_t index = 0; index < 101; ++index) {
    BOOST_TEST(log.verdicts[index].ticket == index + 1);
    BOOST_TEST(must(log.verdicts[index].outcome).last_position
               == position{static_cast<std::int64_t>(index) + 1});
  }
  BOOST_TEST(log.published_positions() == one_to(101),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(
  the_end_of_the_log_is_forgotten_behind_the_batches_before) {
  lone_writer log;
  log.order(1, 0, 2);
  log.system.run();
  log.store.faults().plan(store_call::write, store_fault::lost_after, 1, 1);
  log.store.faults().plan(store_call::take, store_fault::fails);
  log.order(1, 2);
  log.system.run();
  BOOST_TEST(log.published_positions() == one_to(2),
             boost::test_tools::per_element());
  BOOST_TEST(log.ends_unknown > 0);
}

BOOST_AUTO_TEST_CASE(a_feed_that_is_behind_is_told_to_read_the_store) {
  lone_writer log{{.feed_backlog_max = 1'000}};
  log.order(1, 0, 1);
  log.system.run();
  BOOST_TEST(log.published.size() == 1);
  log.order(1, 1, 5);
  log.system.run();
  BOOST_TEST(log.published.size() == 1);
  BOOST_TEST(log.ends_unknown == 1);
  *log.backlog = 0;
  log.order(1, 6, 1);
  log.system.run();
  BOOST_TEST(log.published.size() == 2);
}

BOOST_AUTO_TEST_CASE(a_published_event_is_what_a_reader_finds) {
  lone_writer log;
  log.order(1, 0, 2);
  log.order(2);
  log.system.run();
  const auto stored
    = must(must(log.store.open_reader())->read_log(position{0}, 10));
  std::size_t index = 0;
  for (const auto& batch : log.published)
    for (const auto& event : *batch) {
      const auto& found = stored.at(index++);
      BOOST_TEST(event.at == found.at);
      BOOST_TEST(event.stream == found.stream);
      BOOST_TEST(event.at_version == found.at_version);
      BOOST_TEST(event.type == found.type);
      BOOST_TEST(event.schema_version == found.schema_version);
      BOOST_TEST((event.recorded_at == found.recorded_at));
      BOOST_TEST((event.from == found.from));
      BOOST_TEST(event.data == found.data);
    }
  BOOST_TEST(index == stored.size());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
