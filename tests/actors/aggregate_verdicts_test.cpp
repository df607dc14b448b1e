// SPDX-License-Identifier: MIT
#include "tests/support/aggregate_under_test.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>

// What becomes of decisions that the log does not store as they were meant.

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(aggregate_actor)

using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(
  after_a_conflict_the_stream_is_read_before_it_decides_again) {
  aggregate_under_test tally;
  auto first = tally.send(add{1, ""});
  auto second = tally.send(add{2, ""});
  tally.stored_before(3); // by somebody else
  tally.fail(0, conflict());
  BOOST_TEST(tally.orders.size() == 2);
  tally.refuse({1});
  BOOST_TEST(tally.forgiven == 1);
  BOOST_REQUIRE(tally.orders.size() == 4);
  BOOST_TEST((tally.orders[2]->request.expected.exact() == version{3}));
  BOOST_TEST(tally.orders[2]->request.events.at(0).data
             == R"({"amount":1,"note":""})");
  tally.write(2);
  BOOST_TEST(first->accepted().at_version == version{4});
  tally.write(3);
  BOOST_TEST(second->accepted().at_version == version{5});
}

BOOST_AUTO_TEST_CASE(
  nothing_is_decided_on_the_empty_state_while_it_is_read_again) {
  bank_account_under_test account;
  must_accept(account.send(bank::open{"ann", bank::cents{0}}), account);
  auto first = account.send(bank::deposit{bank::cents{5}, "first"});
  auto second = account.send(bank::deposit{bank::cents{6}, "second"});
  account.fail(1, conflict());
  account.refuse({2});
  // Not refused as not_open.
  BOOST_TEST(!first->ended);
  BOOST_TEST(!second->ended);
  account.write(3);
  account.write(4);
  BOOST_TEST(first->accepted().at_version == version{2});
  BOOST_TEST(second->accepted().at_version == version{3});
}

BOOST_AUTO_TEST_CASE(
  conflicts_without_end_are_answered_after_five_more_attempts) {
  aggregate_under_test tally;
  auto heard = tally.send(add{1, ""});
  for (std::size_t n = 0; n < 6; ++n) {
    BOOST_REQUIRE(!heard->ended);
    tally.fail(n, conflict());
  }
  BOOST_TEST(heard->failed(errc::version_conflict));
  BOOST_TEST(tally.orders.size() == 6);
  BOOST_TEST(tally.counted->conflicts == 6);
  auto next = tally.send(add{2, ""});
  tally.write(6);
  BOOST_TEST(next->accepted().at_version == version{1});
}

BOOST_AUTO_TEST_CASE(a_verdict_on_an_order_given_up_before_changes_nothing) {
  aggregate_under_test tally;
  auto first = tally.send(add{1, ""});
  tally.fail(0, conflict());
  BOOST_REQUIRE(tally.orders.size() == 2);
  tally.verdict(0, stored_at(77));
  BOOST_TEST(!first->ended);
  tally.write(1);
  BOOST_TEST(first->accepted().at_version == version{1});
  tally.fail(1, conflict()); // once more
  BOOST_TEST(first->times == 1);
}

BOOST_AUTO_TEST_CASE(a_verdict_that_comes_during_the_recovery_changes_nothing) {
  aggregate_under_test tally;
  auto first = tally.send(add{1, ""});
  tally.verdict_without_running(0, unexpected<error>{conflict()});
  tally.verdict_without_running(0, stored_at(9));
  tally.system.run();
  BOOST_REQUIRE(tally.orders.size() == 2);
  BOOST_TEST(!first->ended);
  tally.write(1);
  BOOST_TEST(first->accepted().at_version == version{1});
}

BOOST_AUTO_TEST_CASE(an_unknown_outcome_is_told_and_freezes_until_it_is_known) {
  aggregate_under_test tally;
  auto first = tally.send(add{1, ""}, {.id = id_of(1)});
  tally.fail(0, {errc::outcome_unknown, "by the test"});
  BOOST_TEST(first->failed(errc::outcome_unknown));
  auto again = tally.send(add{1, ""}, {.id = id_of(1), .retry = true});
  auto refused = tally.send(add{-1, ""});
  BOOST_TEST(tally.orders.size() == 1);
  BOOST_TEST(!again->ended);
  BOOST_TEST(!refused->ended);
  tally.write(0); // it was stored after all
  BOOST_TEST(again->accepted().repeated);
  BOOST_TEST(again->accepted().at_version == version{1});
  BOOST_TEST(refused->was_refused());
}

BOOST_AUTO_TEST_CASE(behind_an_unknown_outcome_each_order_has_its_own_fate) {
  aggregate_under_test tally;
  const error unknown{errc::outcome_unknown, "by the test"};
  auto first = tally.send(add{1, ""}, {.id = id_of(1)});
  auto same_batch = tally.send(add{2, ""}, {.id = id_of(2)});
  auto gated = tally.send(add{-1, ""});
  auto later = tally.send(add{3, ""}, {.id = id_of(3)});
  tally.fail(0, unknown);
  tally.fail(1, unknown);
  tally.refuse({2});
  BOOST_TEST(first->failed(errc::outcome_unknown));
  BOOST_TEST(same_batch->failed(errc::outcome_unknown));
  BOOST_TEST(!gated->ended);
  BOOST_TEST(!later->ended);
  tally.write(0);
  BOOST_TEST(!gated->ended);
  tally.fail(1, conflict()); // this one was not
  BOOST_TEST(gated->was_refused());
  BOOST_REQUIRE(tally.orders.size() == 4);
  BOOST_TEST((tally.orders[3]->request.expected.exact() == version{1}));
  tally.write(3);
  BOOST_TEST(later->accepted().at_version == version{2});
}

BOOST_AUTO_TEST_CASE(behind_a_refused_append_all_is_decided_again) {
  bank_account_under_test account;
  auto opened = account.send(bank::open{"ann", bank::cents{0}});
  auto deposited = account.send(bank::deposit{bank::cents{5}, ""});
  auto withdrawn = account.send(bank::withdraw{bank::cents{9}, ""});
  account.fail(0, {errc::invalid_argument, "by the test"});
  BOOST_TEST(!deposited->ended);
  account.refuse({1});
  BOOST_TEST(opened->failed(errc::invalid_argument));
  BOOST_TEST(deposited->was_refused());
  BOOST_TEST(withdrawn->was_refused());
}

BOOST_AUTO_TEST_CASE(a_refused_append_leaves_no_trace_in_the_state) {
  bank_account_under_test account;
  auto opened = account.send(bank::open{"ann", bank::cents{0}});
  account.fail(0, {errc::invalid_argument, "by the test"});
  BOOST_TEST(opened->failed(errc::invalid_argument));
  auto deposited = account.send(bank::deposit{bank::cents{5}, ""});
  BOOST_TEST(deposited->was_refused());
}

BOOST_AUTO_TEST_CASE(
  a_repeat_found_by_the_log_is_answered_and_the_stream_read_again) {
  aggregate_under_test tally;
  auto first = tally.send(add{1, ""}, {.id = id_of(1)});
  auto second = tally.send(add{2, ""});
  tally.stored_before(4, id_of(1));
  auto earlier = stored_at(4);
  earlier.repeated = true;
  tally.verdict(0, earlier);
  tally.refuse({1});
  BOOST_TEST(first->accepted().repeated);
  BOOST_TEST(!second->ended);
  BOOST_REQUIRE(tally.orders.size() == 3);
  BOOST_TEST((tally.orders[2]->request.expected.exact() == version{4}));
}

BOOST_AUTO_TEST_CASE(a_lost_log_is_told_to_all_that_wait) {
  aggregate_under_test tally;
  auto under_way = tally.send(add{1, ""});
  auto waiting = tally.send(add{-1, ""});
  tally.lose();
  // Its verdict is still to come.
  BOOST_TEST(!under_way->ended);
  BOOST_TEST(!has_ended(tally.actor));
  tally.fail(0, {errc::not_owner, "by the test"});
  BOOST_TEST(under_way->failed(errc::not_owner));
  BOOST_TEST(waiting->failed(errc::not_owner));
  BOOST_TEST(has_ended(tally.actor));
}

BOOST_AUTO_TEST_CASE(what_was_stored_before_the_log_was_lost_is_accepted) {
  aggregate_under_test tally;
  auto under_way = tally.send(add{1, ""});
  auto waiting = tally.send(add{2, ""});
  tally.lose();
  tally.write(0);
  BOOST_TEST(under_way->accepted().at_version == version{1});
  tally.fail(1, {errc::not_owner, "by the test"});
  BOOST_TEST(waiting->failed(errc::not_owner));
}

BOOST_AUTO_TEST_CASE(a_lost_log_is_told_during_recovery_and_search) {
  aggregate_under_test recovering{{.deaf_reader = true}};
  auto first = recovering.send(add{1, ""});
  recovering.lose();
  BOOST_TEST(first->failed(errc::not_owner));
  BOOST_TEST(has_ended(recovering.actor));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
