// SPDX-License-Identifier: MIT
#include "tests/support/aggregate_under_test.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(aggregate_actor)

using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(a_command_is_answered_when_its_events_are_stored) {
  aggregate_under_test tally;
  auto heard = tally.send(add{5, ""});
  BOOST_TEST(tally.orders.size() == 1);
  BOOST_TEST(!heard->ended);
  tally.write(0);
  BOOST_TEST(heard->accepted().at_version == version{1});
}

BOOST_AUTO_TEST_CASE(it_decides_ahead_of_the_log_and_answers_behind_it) {
  aggregate_under_test tally;
  auto first = tally.send(add{5, ""});
  auto second = tally.send(add{6, ""});
  BOOST_TEST(tally.orders.size() == 2);
  BOOST_TEST((tally.orders[1]->request.expected.exact() == version{1}));
  BOOST_TEST((tally.orders[1]->request.id == tally.orders[0]->request.id));
  BOOST_TEST(!first->ended);
  tally.write(0);
  BOOST_TEST(first->accepted().at_version == version{1});
  BOOST_TEST(!second->ended);
  tally.write(1);
  BOOST_TEST(second->accepted().at_version == version{2});
}

BOOST_AUTO_TEST_CASE(a_refusal_waits_for_what_it_was_decided_on) {
  aggregate_under_test tally;
  auto first = tally.send(add{5, ""});
  auto refused = tally.send(add{-1, ""});
  auto nothing = tally.send(rest{});
  BOOST_TEST(!refused->ended);
  BOOST_TEST(!nothing->ended);
  tally.write(0);
  BOOST_TEST(first->accepted().at_version == version{1});
  BOOST_TEST(refused->was_refused());
  BOOST_TEST(nothing->accepted().at_version == version{1});
}

BOOST_AUTO_TEST_CASE(answers_keep_the_order_of_the_decisions) {
  aggregate_under_test tally;
  std::vector<int> order;
  auto first = tally.send(add{1, ""});
  auto second = tally.send(add{2, ""});
  first->then = [&] { order.push_back(1); };
  second->then = [&] { order.push_back(2); };
  tally.verdict(1, stored_at(2));
  BOOST_TEST(!second->ended);
  tally.write(0);
  BOOST_TEST(order == (std::vector{1, 2}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(it_decides_ahead_up_to_the_bound_and_not_one_more) {
  aggregate_under_test tally{{.in_flight_max = 3}};
  std::vector<heard_ptr> told;
  for (int n = 0; n < 5; ++n)
    told.push_back(tally.send(add{1, ""}));
  BOOST_TEST(tally.orders.size() == 3);
  tally.write(0);
  BOOST_TEST(tally.orders.size() == 4);
}

BOOST_AUTO_TEST_CASE(a_new_stream_has_its_number_before_its_first_append) {
  aggregate_under_test tally;
  tally.send(add{1, ""});
  BOOST_TEST((tally.orders.at(0)->request.id != store::stream_id{}));
  tally.write(0);
  tally.send(add{1, ""});
  BOOST_TEST((tally.orders.at(1)->request.id == tally.orders[0]->request.id));
}

BOOST_AUTO_TEST_CASE(a_stored_stream_is_folded_page_by_page_before_it_decides) {
  aggregate_under_test tally;
  tally.stored_before(2'500);
  auto heard = tally.send(add{1, ""});
  BOOST_REQUIRE(tally.orders.size() == 1);
  BOOST_TEST((tally.orders[0]->request.expected.exact() == version{2'500}));
  BOOST_TEST(tally.store_log.faults().calls(store_call::recover) == 1);
  BOOST_TEST(tally.store_log.faults().calls(store_call::read_stream) == 3);
}

BOOST_AUTO_TEST_CASE(commands_wait_for_the_recovery) {
  aggregate_under_test tally;
  tally.stored_before(1);
  auto first = tally.send_without_running(add{1, ""});
  auto second = tally.send_without_running(add{2, ""});
  tally.system.run();
  tally.write(0);
  tally.write(1);
  BOOST_TEST(first->accepted().at_version == version{2});
  BOOST_TEST(second->accepted().at_version == version{3});
}

BOOST_AUTO_TEST_CASE(a_stream_that_cannot_be_read_fails_all_that_wait) {
  aggregate_under_test tally;
  tally.store_log.faults().plan(store_call::recover, store_fault::fails);
  auto first = tally.send_without_running(add{1, ""});
  auto second = tally.send_without_running(add{2, ""});
  tally.system.run();
  BOOST_TEST(first->failed(errc::unavailable));
  BOOST_TEST(second->failed(errc::unavailable));
  BOOST_TEST(has_ended(tally.actor));
}

BOOST_AUTO_TEST_CASE(a_command_to_an_aggregate_that_is_ending_is_answered) {
  aggregate_under_test tally;
  tally.store_log.faults().plan(store_call::recover, store_fault::fails);
  auto first = tally.send(add{1, ""});
  BOOST_TEST(has_ended(tally.actor));
  auto late = tally.send(add{2, ""});
  BOOST_TEST(late->failed(errc::unavailable));
}

BOOST_AUTO_TEST_CASE(a_gap_in_the_stream_is_corrupt) {
  aggregate_under_test tally;
  tally.stored_before(3);
  tally.store_log.faults().plan(store_call::recover, store_fault::gap);
  BOOST_TEST(tally.send(add{1, ""})
               ->failed(errc::corrupt, "tally-1 has version 2 after 0"));
}

BOOST_AUTO_TEST_CASE(a_stream_with_an_unknown_type_is_not_decided_on) {
  aggregate_under_test tally;
  tally.stored_before(3);
  tally.store_log.faults().plan(store_call::recover,
                                store_fault::unknown_types);
  BOOST_TEST(
    tally.send(add{1, ""})->failed(errc::unknown_type, "test.unknown"));
}

BOOST_AUTO_TEST_CASE(a_decider_that_throws_fails_its_sender_alone) {
  aggregate_under_test tally;
  auto first = tally.send(add{1, ""});
  auto thrown = tally.send(puzzle{});
  auto thrown_too = tally.send(riddle{});
  auto last = tally.send(add{2, ""});
  tally.write(0);
  BOOST_TEST(thrown->failed(errc::corrupt, "no idea"));
  BOOST_TEST(thrown_too->failed(errc::corrupt));
  tally.write(1);
  BOOST_TEST(first->accepted().at_version == version{1});
  BOOST_TEST(last->accepted().at_version == version{2});
}

BOOST_AUTO_TEST_CASE(an_event_that_the_state_cannot_fold_is_not_stored) {
  aggregate_under_test tally;
  must_accept(tally.send(add{1, ""}), tally);
  auto thrown = tally.send_without_running(curse{});
  auto next = tally.send_without_running(add{2, ""});
  tally.system.run();
  BOOST_TEST(thrown->failed(errc::corrupt, "cursed"));
  BOOST_REQUIRE(tally.orders.size() == 2);
  tally.write(1);
  BOOST_TEST(next->accepted().at_version == version{2});
}

BOOST_AUTO_TEST_CASE(what_cannot_be_folded_is_told_after_what_was_before_it) {
  aggregate_under_test tally;
  auto first = tally.send(add{1, ""});
  auto thrown = tally.send(curse{});
  auto next = tally.send(add{2, ""});
  BOOST_TEST(tally.orders.size() == 1);
  BOOST_TEST(!thrown->ended);
  tally.write(0);
  BOOST_TEST(first->accepted().at_version == version{1});
  BOOST_TEST(thrown->failed(errc::corrupt, "cursed"));
  tally.write(1);
  BOOST_TEST(next->accepted().at_version == version{2});
}

BOOST_AUTO_TEST_CASE(an_event_that_cannot_be_written_fails_its_sender_alone) {
  aggregate_under_test tally;
  auto bad = tally.send(add{1, "not \xff UTF-8"});
  BOOST_TEST(bad->failed(errc::invalid_argument, "tally-1"));
  auto good = tally.send(add{2, ""});
  tally.write(0);
  BOOST_TEST(good->accepted().at_version == version{1});
}

BOOST_AUTO_TEST_CASE(a_command_that_waited_too_long_is_not_decided) {
  aggregate_under_test tally;
  auto first = tally.send(add{1, ""});
  auto late = tally.send(add{2, ""}, {.timeout = -1ms});
  tally.write(0);
  BOOST_TEST(late->failed(errc::deadline_exceeded));
  BOOST_TEST(tally.orders.size() == 1);
}

BOOST_AUTO_TEST_CASE(the_queue_takes_its_bound_and_not_one_more) {
  aggregate_under_test tally{{.queue_max = 3, .in_flight_max = 1}};
  auto under_way = tally.send(add{1, ""});
  std::vector<heard_ptr> waiting;
  for (int n = 0; n < 3; ++n)
    waiting.push_back(tally.send(add{1, ""}));
  auto one_more = tally.send(add{1, ""});
  BOOST_TEST(one_more->failed(errc::overloaded, "3 commands waiting"));
  for (const auto& each : waiting)
    BOOST_TEST(!each->ended);
}

BOOST_AUTO_TEST_CASE(a_repeat_beyond_the_window_is_looked_up_if_it_is_a_retry) {
  aggregate_under_test tally;
  tally.stored_before(1, id_of(0));
  for (int n = 1; n <= 1000; ++n)
    tally.stored_before(1, id_of(n));
  auto retried = tally.send(add{1, ""}, {.id = id_of(0), .retry = true});
  BOOST_TEST(retried->accepted().repeated);
  BOOST_TEST(retried->accepted().at_version == version{1});
  BOOST_TEST(tally.orders.empty());
  auto unknown = tally.send(add{1, ""}, {.id = id_of(5000), .retry = true});
  BOOST_TEST(tally.orders.size() == 1);
}

BOOST_AUTO_TEST_CASE(a_window_that_covers_the_stream_saves_the_search) {
  aggregate_under_test tally;
  tally.stored_before(1, id_of(1));
  static_cast<void>(tally.send(add{1, ""}, {.id = id_of(2), .retry = true}));
  BOOST_TEST(tally.orders.size() == 1);
  BOOST_TEST(tally.store_log.faults().calls(store_call::look_up) == 0);
}

BOOST_AUTO_TEST_CASE(a_search_that_fails_fails_its_command_alone) {
  aggregate_under_test tally;
  for (int n = 0; n <= 1000; ++n)
    tally.stored_before(1, id_of(n));
  tally.store_log.faults().plan(store_call::look_up, store_fault::fails, 1, 1);
  auto retried = tally.send_without_running(add{1, ""},
                                            {.id = id_of(0), .retry = true});
  auto next = tally.send_without_running(add{2, ""});
  tally.system.run();
  BOOST_TEST(retried->failed(errc::unavailable));
  BOOST_TEST(tally.orders.size() == 1);
}

BOOST_AUTO_TEST_CASE(a_repeated_id_waits_for_the_first_and_gets_its_answer) {
  aggregate_under_test tally;
  auto first = tally.send(add{1, ""}, {.id = id_of(1)});
  auto again = tally.send(add{1, ""}, {.id = id_of(1)});
  BOOST_TEST(tally.orders.size() == 1);
  BOOST_TEST(!again->ended);
  tally.write(0);
  BOOST_TEST(again->accepted().repeated);
  BOOST_TEST((again->accepted().at_position == first->accepted().at_position));
}

BOOST_AUTO_TEST_CASE(another_command_under_a_known_id_is_an_error) {
  aggregate_under_test tally;
  auto first = tally.send(add{1, ""}, {.id = id_of(1)});
  auto other = tally.send(add{2, ""}, {.id = id_of(1)});
  tally.write(0);
  BOOST_TEST(other->failed(errc::command_id_reused, "tally-1"));
  auto kind = tally.send(rest{}, {.id = id_of(1)});
  BOOST_TEST(kind->failed(errc::command_id_reused));
  auto again = tally.send(add{1, ""}, {.id = id_of(1)});
  BOOST_TEST(again->accepted().repeated);
}

BOOST_AUTO_TEST_CASE(a_repeat_of_what_was_not_stored_is_decided) {
  aggregate_under_test tally;
  auto first = tally.send(add{1, ""}, {.id = id_of(1)});
  auto again = tally.send(add{1, ""}, {.id = id_of(1)});
  tally.fail(0, {errc::invalid_argument, "by the test"});
  BOOST_TEST(first->failed(errc::invalid_argument));
  BOOST_REQUIRE(tally.orders.size() == 2);
  tally.write(1);
  BOOST_TEST(!again->accepted().repeated);
}

BOOST_AUTO_TEST_CASE(an_ended_aggregate_answers_all_that_it_held) {
  aggregate_under_test tally;
  auto under_way = tally.send(add{1, ""});
  auto waiting = tally.send(add{-1, ""});
  caf::anon_send_exit(tally.actor, caf::exit_reason::user_shutdown);
  tally.system.run();
  BOOST_TEST(under_way->failed(errc::outcome_unknown));
  BOOST_TEST(waiting->failed(errc::unavailable));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
