// SPDX-License-Identifier: MIT
#include "tests/support/eventually.hpp"
#include "tests/support/faulty_store.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/running_service.hpp"
#include "tests/support/tally.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

// What senders hear when the store goes away under a running service.

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(lost_store)

namespace {

using namespace std::chrono_literals;

uuid id(int number) {
  return name_uuid(uuid{}, std::to_string(number));
}

struct service_on_faulty_store {
  explicit service_on_faulty_store(std::chrono::milliseconds in_doubt_max
                                   = 60'000ms)
    : service{start_on(store, tallies(), [&] {
        auto with = quick();
        with.in_doubt_max = in_doubt_max;
        return with;
      }())} {}

  fault_plan& faults() { return store->faults(); }

  outcome<tally> send(const std::string& key, std::int64_t amount,
                      const send_options& options = {}) {
    return get(service.send<tally>(key, add{amount, ""}, options));
  }

  /// The sum of a tally as its events have it, which the view must show too.
  std::int64_t sum_of(const std::string& key) {
    must(service.drain(long_enough));
    std::int64_t sum = 0;
    for (const auto& event :
         must(service.read_stream({"tally", key}, version{1}, 1000)).events)
      sum += must(decode<added>(event.data)).amount;
    const auto shown = must(service.find<sums>(key));
    BOOST_TEST((shown && shown->sum == sum));
    return sum;
  }

  std::shared_ptr<faulty_store> store = std::make_shared<faulty_store>();
  runtime service;
};

} // namespace

BOOST_AUTO_TEST_CASE(an_append_in_doubt_is_resolved_to_exactly_one_effect) {
  for (const auto how : {store_fault::fails, store_fault::lost_after})
    for (int nth = 1; nth <= 4; ++nth) {
      service_on_faulty_store under;
      under.faults().plan(store_call::write, how, nth, nth);
      for (int n = 1; n <= 5; ++n)
        BOOST_REQUIRE(accepted_by(under.send("1", n, {.id = id(n)})).at_version
                      == version{n});
      BOOST_REQUIRE(under.sum_of("1") == 15);
      BOOST_REQUIRE(under.service.status().epoch == epoch{1});
    }
}

BOOST_AUTO_TEST_CASE(load_over_a_connection_that_keeps_breaking_is_exact) {
  service_on_faulty_store under;
  std::vector<std::future<outcome<tally>>> answers;
  for (int n = 0; n < 400; ++n) {
    if (n % 20 == 0)
      under.faults().plan(
        store_call::write,
        n % 40 == 0 ? store_fault::fails : store_fault::lost_after, 1, 1);
    answers.push_back(under.service.send<tally>(std::to_string(n % 4),
                                                add{1, ""}, {.id = id(n)}));
  }
  for (auto& answer : answers)
    BOOST_REQUIRE(!accepted_by(get(std::move(answer))).repeated);
  for (int key = 0; key < 4; ++key)
    BOOST_TEST(under.sum_of(std::to_string(key)) == 100);
}

BOOST_AUTO_TEST_CASE(
  an_outcome_that_stays_unknown_is_told_and_a_retry_is_exact) {
  for (const auto how : {store_fault::fails, store_fault::lost_after})
    for (const auto retry : {false, true}) {
      service_on_faulty_store under{1ms};
      accepted_by(under.send("1", 1));
      under.faults().plan(store_call::write, how, 1, 1);
      under.faults().plan(store_call::take, store_fault::fails);
      BOOST_TEST(
        ended_with(errc::outcome_unknown, under.send("1", 2, {.id = id(2)})));
      BOOST_TEST(ended_with(errc::unavailable, under.send("2", 1)));
      under.faults().mend(store_call::take);
      const auto again
        = accepted_by(under.send("1", 2, {.id = id(2), .retry = retry}));
      BOOST_TEST(again.at_version == version{2});
      BOOST_TEST(under.sum_of("1") == 3);
      accepted_by(under.send("2", 1));
      BOOST_TEST(under.sum_of("2") == 1);
    }
}

BOOST_AUTO_TEST_CASE(commands_behind_an_append_in_doubt_wait_for_its_outcome) {
  service_on_faulty_store under;
  under.faults().plan(store_call::write, store_fault::lost_after, 1, 1);
  blocked_calls takes{under.faults(), store_call::take};
  auto first = under.service.send<tally>("1", add{1, ""});
  BOOST_REQUIRE(under.faults().wait_for_calls(store_call::take, 2));
  auto refused = under.service.send<tally>("1", add{-1, ""});
  auto second = under.service.send<tally>("1", add{2, ""});
  BOOST_TEST((refused.wait_for(0ms) == std::future_status::timeout));
  takes.release();
  BOOST_TEST(accepted_by(get(std::move(first))).at_version == version{1});
  BOOST_TEST(get(std::move(refused)).rejected() != nullptr);
  BOOST_TEST(accepted_by(get(std::move(second))).at_version == version{2});
}

BOOST_AUTO_TEST_CASE(a_log_that_is_lost_answers_not_owner_to_all) {
  service_on_faulty_store under;
  accepted_by(under.send("1", 1));
  accepted_by(under.send("2", 1));
  under.faults().plan(store_call::write, store_fault::position_taken);
  blocked_calls writes{under.faults(), store_call::write};
  const auto before = under.faults().calls(store_call::write);
  std::vector<std::future<outcome<tally>>> answers;
  answers.push_back(under.service.send<tally>("1", add{1, ""}));
  BOOST_REQUIRE(under.faults().wait_for_calls(store_call::write, before + 1));
  for (int n = 0; n < 10; ++n)
    for (const auto* key : {"1", "2", "3"})
      answers.push_back(under.service.send<tally>(key, add{1, ""}));
  writes.release();
  for (auto& answer : answers)
    BOOST_TEST(ended_with(errc::not_owner, get(std::move(answer))));
  BOOST_TEST(ended_with(errc::not_owner, under.send("2", 1)));
  BOOST_TEST(ended_with(errc::not_owner, under.send("9", -1)));
  BOOST_TEST(
    eventually([&] { return under.service.status().aggregates_live == 0; }));
}

BOOST_AUTO_TEST_CASE(views_follow_the_new_owner_of_a_lost_log) {
  service_on_faulty_store under{1ms};
  accepted_by(under.send("1", 1));
  // The session dies, and somebody else is there first.
  under.faults().plan(store_call::write, store_fault::fails);
  under.faults().plan(store_call::take, store_fault::fails);
  BOOST_TEST(ended_with(errc::outcome_unknown, under.send("1", 2)));
  under.faults().mend(store_call::take);
  under.faults().mend(store_call::write);
  auto next = start_on(under.store, tallies());
  accepted_by(get(next.send<tally>("1", add{4, ""})));
  BOOST_TEST(ended_with(errc::unavailable, under.send("2", 8), "is owned by"));
  // The first process still runs the projections.
  const auto seen
    = must(under.service.find<sums>("1", {position{2}, long_enough}));
  BOOST_TEST(seen->sum == 5);
  BOOST_TEST(must(next.find<sums>("1", {position{2}, long_enough}))->sum == 5);
  BOOST_TEST(under.service.status().head == position{2});
  next.stop();
  BOOST_TEST(eventually([&] {
    const auto* failed = under.send("2", 8).failed();
    return failed != nullptr && failed->code == errc::not_owner;
  }));
}

BOOST_AUTO_TEST_CASE(a_conflict_is_decided_again_on_what_is_stored) {
  service_on_faulty_store under;
  accepted_by(under.send("1", 1));
  under.faults().plan(store_call::write, store_fault::stream_conflict, 1, 1);
  under.faults().plan(store_call::find_streams, store_fault::one_version_ahead,
                      1, 1);
  BOOST_TEST(accepted_by(under.send("1", 2)).at_version == version{2});
  BOOST_TEST(under.service.status().conflicts == 1U);
  BOOST_TEST(under.sum_of("1") == 3);
}

BOOST_AUTO_TEST_CASE(conflicts_without_end_are_told) {
  service_on_faulty_store under;
  accepted_by(under.send("1", 1));
  under.faults().plan(store_call::write, store_fault::stream_conflict);
  under.faults().plan(store_call::find_streams, store_fault::one_version_ahead);
  BOOST_TEST(ended_with(errc::version_conflict, under.send("1", 2)));
  under.faults().mend(store_call::write);
  under.faults().mend(store_call::find_streams);
  BOOST_TEST(accepted_by(under.send("1", 2)).at_version == version{2});
}

BOOST_AUTO_TEST_CASE(a_stream_that_cannot_be_read_is_unavailable_until_it_can) {
  service_on_faulty_store under;
  under.faults().plan(store_call::recover, store_fault::fails, 1, 1);
  BOOST_TEST(ended_with(errc::unavailable, under.send("1", 1)));
  BOOST_TEST(
    eventually([&] { return under.send("1", 1).accepted() != nullptr; }));
}

BOOST_AUTO_TEST_CASE(a_corrupt_stream_is_loud_and_harms_no_other) {
  service_on_faulty_store first;
  accepted_by(first.send("1", 1));
  accepted_by(first.send("1", 1));
  first.service.stop();
  for (const auto& [how, code] :
       {std::pair{store_fault::gap, errc::corrupt},
        std::pair{store_fault::unknown_types, errc::unknown_type}}) {
    auto service = start_on(first.store, tallies());
    first.faults().plan(store_call::recover, how, 1, 1);
    BOOST_TEST(
      ended_with(code, get(service.send<tally>("1", add{1, ""})), "tally-1"));
    accepted_by(get(service.send<tally>("2", add{1, ""})));
  }
}

BOOST_AUTO_TEST_CASE(a_recovery_in_the_middle_of_a_loss_ends_in_an_answer) {
  for (int nth = 1; nth <= 4; ++nth) {
    service_on_faulty_store under;
    under.faults().plan(store_call::recover, store_fault::fails, nth, nth);
    under.faults().plan(store_call::write, store_fault::lost_after, nth, nth);
    std::vector<std::future<outcome<tally>>> answers;
    for (int n = 0; n < 40; ++n)
      answers.push_back(under.service.send<tally>(std::to_string(n % 8),
                                                  add{1, ""}, {.id = id(n)}));
    std::int64_t accepted = 0;
    for (auto& answer : answers) {
      const auto ended = get(std::move(answer));
      if (ended.accepted() != nullptr)
        ++accepted;
      else
        BOOST_TEST(ended_with(errc::unavailable, ended));
    }
    BOOST_TEST(under.service.status().head == position{accepted});
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
