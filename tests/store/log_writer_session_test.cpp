// SPDX-License-Identifier: MIT
#include "store/log_writer_session.hpp"

#include "tests/support/faulty_log.hpp"

#include <boost/test/unit_test.hpp>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(log_writer_session)

namespace {

using namespace std::chrono_literals;

constexpr auto none = expected_version::none();
constexpr auto any = expected_version::any();

/// A log of two acknowledged events, and a batch of one append, whose write
/// has gone wrong.
struct in_doubt : faulty_log {
  std::vector<store::append_request> batch;

  explicit in_doubt(fault_kind how) {
    must(must(writer.append(std::vector{to("account-1", none, 2)})).at(0));
    batch = {to("account-2", none, 2, true)};
    connection->plan({.how = how, .first = 1, .last = 1});
    BOOST_TEST(fails_with(errc::outcome_unknown, writer.append(batch)));
  }

  auto resolve() { return writer.resolve(batch, 0ms); }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_write_lost_before_it_was_stored_is_stored_by_resolve) {
  in_doubt log{fault_kind::lost_before};
  BOOST_TEST(log.all().size() == 2);
  const auto stored = must(must(log.resolve()).at(0));
  BOOST_TEST(stored.first_position == position{3});
  BOOST_TEST(stored.last_position == position{4});
  BOOST_TEST(log.all().size() == 4);
}

BOOST_AUTO_TEST_CASE(
  a_write_lost_after_it_was_stored_is_recognised_by_resolve) {
  in_doubt log{fault_kind::lost_after};
  BOOST_TEST(log.all().size() == 4);
  const auto stored = must(must(log.resolve()).at(0));
  BOOST_TEST(stored.first_position == position{3});
  BOOST_TEST((stored.recorded_at == log.all().at(2).recorded_at));
  BOOST_TEST(!stored.repeated);
  BOOST_TEST(log.all().size() == 4);
}

BOOST_AUTO_TEST_CASE(a_resolved_session_goes_on) {
  for (const auto how : {fault_kind::lost_before, fault_kind::lost_after}) {
    in_doubt log{how};
    must(log.resolve());
    const auto next = std::vector{log.to("account-2", any)};
    BOOST_TEST(must(must(log.writer.append(next)).at(0)).first_position
               == position{5});
    BOOST_TEST(log.writer.taken() == epoch{2});
    check_dense(log.all());
  }
}

BOOST_AUTO_TEST_CASE(resolve_can_be_asked_until_the_store_answers) {
  for (const auto how : {fault_kind::lost_before, fault_kind::lost_after}) {
    in_doubt log{how};
    log.connection->plan({.how = how, .first = 1, .last = 3});
    for (int turn = 0; turn < 3; ++turn) {
      const auto answered = log.resolve();
      BOOST_REQUIRE(!answered);
      BOOST_TEST((answered.error().code == errc::unavailable
                  || answered.error().code == errc::outcome_unknown),
                 describe(answered.error()));
    }
    must(must(log.resolve()).at(0));
    BOOST_TEST(log.all().size() == 4);
    check_dense(log.all());
  }
}

namespace {

/// The same, and another owner has come and gone since.
struct overtaken : in_doubt {
  explicit overtaken(fault_kind how) : in_doubt{how} {
    const auto other = other_owner();
    must(other->acquire("other", 0ms));
    must(other->append(std::vector{to("account-3", any)}));
  }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_session_whose_log_somebody_has_written_is_no_owner) {
  overtaken log{fault_kind::lost_before};
  BOOST_TEST(fails_with(errc::not_owner, log.resolve(), "other"));
  BOOST_TEST(log.all().size() == 3);
}

BOOST_AUTO_TEST_CASE(what_was_stored_before_another_owner_came_is_accepted) {
  overtaken log{fault_kind::lost_after};
  const auto stored = must(must(log.resolve()).at(0));
  BOOST_TEST(stored.first_position == position{3});
  BOOST_REQUIRE(log.writer.ended());
  BOOST_TEST((log.writer.ended()->code == errc::not_owner));
  BOOST_TEST(fails_with(errc::not_owner, log.writer.append(log.batch)));
  BOOST_TEST(log.all().size() == 5);
}

BOOST_AUTO_TEST_CASE(a_session_whose_log_somebody_has_had_is_no_owner) {
  in_doubt log{fault_kind::lost_before};
  must(log.other_owner()->acquire("other", 0ms));
  BOOST_TEST(fails_with(errc::not_owner, log.resolve(), "other"));
}

BOOST_AUTO_TEST_CASE(a_log_that_is_held_may_be_held_by_our_dead_connection) {
  in_doubt log{fault_kind::lost_before};
  auto other = log.other_owner();
  must(other->acquire("other", 0ms));
  BOOST_TEST(fails_with(errc::unavailable, log.resolve(), "other"));
  other.reset();
  BOOST_TEST(fails_with(errc::not_owner, log.resolve(), "other"));
}

BOOST_AUTO_TEST_CASE(a_session_that_has_ended_stores_nothing_more) {
  faulty_log log;
  const auto batch = std::vector{log.to("account-1", none)};
  log.connection->plan(
    {.how = fault_kind::position_taken, .first = 2, .last = 2});
  BOOST_TEST(fails_with(errc::not_owner, log.writer.append(batch)));
  BOOST_TEST(fails_with(errc::not_owner, log.writer.append(batch)));
  BOOST_TEST(log.all().empty());
}

BOOST_AUTO_TEST_CASE(
  a_log_that_ends_before_what_was_acknowledged_is_truncated) {
  in_doubt log{fault_kind::lost_before};
  log.stored->events.pop_back();
  log.stored->streams.at(0).events.pop_back();
  BOOST_TEST(fails_with(errc::log_truncated, log.resolve(), "position 2"));
}

BOOST_AUTO_TEST_CASE(foreign_events_in_our_place_make_us_no_owner) {
  in_doubt log{fault_kind::lost_after};
  log.stored->events.back().event.from.command_id = random_uuid();
  BOOST_TEST(fails_with(errc::not_owner, log.resolve(), "position 3"));
}

BOOST_AUTO_TEST_CASE(a_taken_position_makes_us_no_owner) {
  faulty_log log;
  log.connection->plan(
    {.how = fault_kind::position_taken, .first = 1, .last = 1});
  BOOST_TEST(fails_with(errc::not_owner, log.writer.append(std::vector{log.to(
                                           "account-1", none, 1, true)})));
}

BOOST_AUTO_TEST_CASE(a_stream_that_changes_under_us_makes_us_no_owner) {
  faulty_log log;
  log.connection->plan(
    {.how = fault_kind::stream_conflict, .first = 1, .last = fault::never});
  BOOST_TEST(fails_with(errc::not_owner, log.writer.append(std::vector{log.to(
                                           "account-1", none, 1, true)})));
}

namespace {

/// A batch whose first append is stored by a write of its own, since the second
/// one depends on it, and whose last goes wrong.
struct stored_in_part : faulty_log {
  std::vector<store::append_request> batch{
    to("account-1", none),
    to("account-1", expected_version::exactly(version{7})),
    to("account-2", none)};

  /// Calls: find streams, write, find streams, write.
  explicit stored_in_part(fault_kind how) {
    connection->plan({.how = how, .first = 4, .last = 4});
  }
};

} // namespace

BOOST_AUTO_TEST_CASE(what_was_stored_before_the_log_was_lost_is_accepted) {
  stored_in_part log{fault_kind::position_taken};
  const auto outcomes = must(log.writer.append(log.batch));
  BOOST_TEST(must(outcomes.at(0)).first_position == position{1});
  BOOST_TEST(fails_with(errc::version_conflict, outcomes.at(1)));
  BOOST_TEST(fails_with(errc::not_owner, outcomes.at(2)));
  BOOST_REQUIRE(log.writer.ended());
  BOOST_TEST(log.all().size() == 1);
}

BOOST_AUTO_TEST_CASE(what_a_truncated_log_has_lost_is_not_accepted) {
  stored_in_part log{fault_kind::lost_before};
  BOOST_TEST(fails_with(errc::outcome_unknown, log.writer.append(log.batch)));
  log.stored->events.pop_back();
  log.stored->streams.at(0).events.pop_back();
  BOOST_TEST(
    fails_with(errc::log_truncated, log.writer.resolve(log.batch, 0ms)));
}

BOOST_AUTO_TEST_CASE(what_the_store_refuses_once_in_a_batch_is_stored_alone) {
  faulty_log log;
  log.connection->plan({.how = fault_kind::refused, .first = 2, .last = 2});
  const auto outcomes = must(log.writer.append(
    std::vector{log.to("account-1", none), log.to("account-2", none)}));
  must(outcomes.at(0));
  must(outcomes.at(1));
  check_dense(log.all());
}

BOOST_AUTO_TEST_CASE(what_the_store_refuses_alone_fails_for_its_sender) {
  faulty_log log;
  // The batch, then its first append.
  log.connection->plan({.how = fault_kind::refused, .first = 1, .last = 2});
  const auto outcomes = must(log.writer.append(std::vector{
    log.to("account-1", none, 1, true), log.to("account-2", none, 2, true),
    log.to("account-1", expected_version::exactly(version{1}), 1, true)}));
  BOOST_TEST(
    fails_with(errc::invalid_argument, outcomes.at(0), "account-1: refused"));
  BOOST_TEST(must(outcomes.at(1)).first_position == position{1});
  BOOST_TEST(fails_with(errc::version_conflict, outcomes.at(2)));
  check_dense(log.all());
}

BOOST_AUTO_TEST_CASE(what_counts_on_a_refused_append_leaves_no_hole) {
  faulty_log log;
  const auto append_at = [&](std::int64_t current, store::stream_id id) {
    auto append = log.to("account-1",
                         expected_version::exactly(version{current}), 1, true);
    append.id = id;
    return append;
  };
  const auto id
    = must(
        must(log.writer.append(std::vector{log.to("account-1", none)})).at(0))
        .id;
  // The batch, then its first append.
  log.connection->plan({.how = fault_kind::refused, .first = 1, .last = 2});
  const auto outcomes
    = must(log.writer.append(std::vector{append_at(1, id), append_at(2, id)}));
  BOOST_TEST(fails_with(errc::invalid_argument, outcomes.at(0)));
  BOOST_TEST(fails_with(errc::version_conflict, outcomes.at(1)));
  check_dense(log.all());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
