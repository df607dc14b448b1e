// SPDX-License-Identifier: MIT
#include "tests/support/aggregate_under_test.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(aggregate_snapshots)

namespace {

constexpr aggregate_conditions every_third{.options = {.snapshot_every = 3}};

uuid id(int number) {
  return name_uuid(uuid{}, std::to_string(number));
}

actors::snapshot_content content_of(const actors::snapshot_ptr& snapshot) {
  return must(actors::decode_snapshot(snapshot->taken.content));
}

/// An account with three cents by its events and, if the snapshot at its third
/// version is believed, a thousand more.
struct kept_account {
  explicit kept_account(
    const std::string& fingerprint
    = "1 account v1 {is:enum:int32,balance:int64,overdraft_limit:int64}",
    std::size_t flipped = std::string::npos) {
    account.store_event(0, R"({"owner":"ann","overdraft_limit":0})", id(1));
    for (int n = 2; n <= 4; ++n)
      id_of = account.store_event(1, R"({"amount":1,"reference":""})", id(n));
    actors::snapshot_content content;
    content.state = R"({"is":1,"balance":1000,"overdraft_limit":0})";
    content.commands.push_back({id(3), version{3}, position{3}});
    content.whole = false;
    auto bytes = encode(content);
    size = bytes.size();
    if (flipped < bytes.size())
      bytes[flipped] = static_cast<char>(bytes[flipped] ^ 1);
    must(must(account.store_log.open_snapshot_writer())
           ->keep(std::vector{
             store::kept_snapshot{id_of, {version{3}, fingerprint, bytes}}}));
  }

  [[nodiscard]] bool can_withdraw(std::int64_t amount) {
    const auto told = account.send(bank::withdraw{bank::cents{amount}, ""});
    return !told->was_refused();
  }

  bank_account_under_test account{{.options = {.snapshot_every = 3}}};
  store::stream_id id_of;
  std::size_t size = 0;
};

} // namespace

BOOST_AUTO_TEST_CASE(one_is_taken_after_so_many_events) {
  aggregate_under_test tally{every_third};
  for (std::size_t n = 0; n < 7; ++n) {
    tally.send(add{1, ""}, {.id = id(static_cast<int>(n))});
    tally.write(n);
  }
  BOOST_REQUIRE(tally.snapshots.size() == 2);
  BOOST_TEST(tally.snapshots[0]->taken.at_version == version{3});
  BOOST_TEST(tally.snapshots[1]->taken.at_version == version{6});
  const auto content = content_of(tally.snapshots[1]);
  BOOST_TEST(content.state == R"({"sum":6})");
  BOOST_TEST(content.commands.size() == 6);
  BOOST_TEST(content.whole);
}

BOOST_AUTO_TEST_CASE(it_is_sent_when_the_log_has_come_so_far_and_not_before) {
  aggregate_under_test tally{every_third};
  for (int n = 0; n < 5; ++n)
    tally.send(add{1, ""}, {.id = id(n)});
  BOOST_TEST(tally.orders.size() == 5);
  tally.write(0);
  tally.write(1);
  BOOST_TEST(tally.snapshots.empty());
  tally.write(2);
  BOOST_REQUIRE(tally.snapshots.size() == 1);
  const auto content = content_of(tally.snapshots[0]);
  BOOST_TEST(content.state == R"({"sum":3})");
  BOOST_TEST(content.commands.size() == 3);
  BOOST_TEST(content.commands.back().at_position == position{3});
}

BOOST_AUTO_TEST_CASE(one_of_what_was_not_stored_is_dropped) {
  aggregate_under_test tally{every_third};
  for (int n = 0; n < 3; ++n)
    tally.send(add{1, ""});
  tally.write(0);
  tally.fail(1, {errc::invalid_argument, "by the test"});
  tally.refuse({2});
  BOOST_TEST(tally.snapshots.empty());
  tally.write(3);
  BOOST_TEST(tally.snapshots.empty());
  tally.send(add{1, ""});
  tally.write(4);
  BOOST_REQUIRE(tally.snapshots.size() == 1);
  BOOST_TEST(content_of(tally.snapshots[0]).state == R"({"sum":3})");
}

BOOST_AUTO_TEST_CASE(too_many_under_way_are_skipped_and_counted) {
  aggregate_under_test tally{
    {.options = {.snapshot_every = 1}, .snapshots_in_flight_max = 2}};
  for (std::size_t n = 0; n < 3; ++n) {
    tally.send(add{1, ""});
    tally.write(n);
  }
  BOOST_TEST(tally.snapshots.size() == 2);
  BOOST_TEST(tally.counted->snapshots_skipped == 1);
}

BOOST_AUTO_TEST_CASE(recovery_begins_with_it_and_folds_what_follows) {
  kept_account kept;
  BOOST_TEST(!kept.can_withdraw(1002));
  BOOST_TEST(kept.can_withdraw(1001));
  BOOST_TEST(
    (kept.account.orders.at(0)->request.expected.exact() == version{4}));
  BOOST_TEST(kept.account.counted->snapshots_ignored == 0);
}

BOOST_AUTO_TEST_CASE(one_with_another_fingerprint_is_ignored_and_counted) {
  kept_account kept{"1 account v2 {balance:int64}"};
  BOOST_TEST(!kept.can_withdraw(4));
  BOOST_TEST(kept.can_withdraw(3));
  BOOST_TEST(kept.account.counted->snapshots_ignored == 1);
}

BOOST_AUTO_TEST_CASE(one_that_is_damaged_anywhere_is_ignored_and_counted) {
  const auto size = kept_account{}.size;
  for (std::size_t at = 0; at < size; ++at) {
    kept_account kept{
      "1 account v1 {is:enum:int32,balance:int64,overdraft_limit:int64}", at};
    BOOST_REQUIRE(!kept.can_withdraw(4));
    BOOST_REQUIRE(kept.can_withdraw(3));
    BOOST_REQUIRE(kept.account.counted->snapshots_ignored == 1);
  }
}

BOOST_AUTO_TEST_CASE(its_command_ids_are_known_again) {
  kept_account kept;
  const auto again = kept.account.send(bank::deposit{bank::cents{1}, ""},
                                       {.id = id(3)});
  BOOST_TEST(again->accepted().repeated);
  BOOST_TEST(again->accepted().at_version == version{3});
}

BOOST_AUTO_TEST_CASE(an_id_that_it_does_not_hold_is_looked_up_for_a_retry) {
  kept_account kept;
  const auto again = kept.account.send(bank::deposit{bank::cents{1}, ""},
                                       {.id = id(2), .retry = true});
  BOOST_TEST(again->accepted().repeated);
  BOOST_TEST(again->accepted().at_version == version{2});
  BOOST_TEST(kept.account.store_log.faults().calls(store_call::look_up) == 1);
}

BOOST_AUTO_TEST_CASE(a_long_tail_leads_to_a_new_one_at_once) {
  aggregate_under_test tally{every_third};
  tally.stored_before(3);
  tally.send(add{-1, ""});
  BOOST_REQUIRE(tally.snapshots.size() == 1);
  BOOST_TEST(content_of(tally.snapshots[0]).state == R"({"sum":3})");
}

BOOST_AUTO_TEST_CASE(without_snapshots_none_is_taken_or_read) {
  aggregate_under_test tally;
  tally.stored_before(1000);
  tally.send(add{1, ""});
  tally.write(0);
  BOOST_TEST(tally.snapshots.empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
