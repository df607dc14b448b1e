// SPDX-License-Identifier: MIT
#include "domain/account.hpp"
#include "tests/soak/ledger_stores.hpp"
#include "tests/soak/order_views.hpp"
#include "tests/soak/view_check.hpp"
#include "tests/soak/view_figures.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/fault_injection.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/running_service.hpp"

#include <cafes/runtime.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <deque>
#include <future>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

// Hints say that the log has grown, and may be lost. Then projections come to
// the new events by looking for them: later, but to all of them.

namespace cafes::soak {

namespace {

using namespace std::chrono_literals;
using std::chrono::microseconds;
using test::must;

constexpr std::int64_t accounts = 20;
constexpr std::size_t at_once_max = 1'000;
constexpr auto poll_interval = 50ms;
/// Where hints alone have to do.
constexpr auto poll_never = 1h;

/// A service some of whose hints are lost.
class hard_of_hearing {
public:
  hard_of_hearing(ledger_store store, int percent, test::seeded_random& chance)
    : store_{std::move(store)} {
    test::lose_hints(
      percent, static_cast<std::uint64_t>(chance.between(1, 1'000'000'000)));
    auto with = test::quick();
    with.store = store_.dsn;
    with.poll_interval = percent == 0 ? poll_never : poll_interval;
    running_.emplace(must(runtime::start(definition{}
                                           .aggregate<bank::account>()
                                           .projection<streams_seen<>>()
                                           .projection<log_seen<>>(),
                                         with)));
    for (std::int64_t key = 0; key < accounts; ++key)
      test::accepted_by(test::get(running_->send<bank::account>(
        std::to_string(key), bank::open{"hints", bank::cents{}})));
  }

  ~hard_of_hearing() { test::lose_hints(0); }

  /// Many at once.
  void burst(std::int64_t deposits) {
    std::deque<std::future<outcome<bank::account>>> answers;
    for (std::int64_t each = 0; each < deposits; ++each) {
      if (answers.size() == at_once_max) {
        test::accepted_by(test::get(std::move(answers.front())));
        answers.pop_front();
      }
      answers.push_back(deposit(each));
    }
    for (auto& answer : answers)
      test::accepted_by(test::get(std::move(answer)));
  }

  /// One by one: from each answer until the views have it.
  std::vector<microseconds> measure(std::int64_t deposits) {
    std::vector<microseconds> all;
    for (std::int64_t each = 0; each < deposits; ++each) {
      const auto stored = test::accepted_by(test::get(deposit(each)));
      const auto begin = std::chrono::steady_clock::now();
      const freshness fresh{stored.at_position, test::long_enough};
      must(running_->find<log_seen<>>("all", fresh));
      must(
        running_->find<streams_seen<>>(std::to_string(each % accounts), fresh));
      all.push_back(std::chrono::duration_cast<microseconds>(
        std::chrono::steady_clock::now() - begin));
    }
    return all;
  }

  /// Returns how many events there are.
  std::int64_t check() {
    must(running_->drain(test::long_enough));
    running_->stop();
    running_.reset();
    const auto views = compare_views(store_.dsn, *store_.open_log());
    for (const auto& each : views.differences)
      BOOST_ERROR(each);
    return views.log.checkpoint;
  }

private:
  std::future<outcome<bank::account>> deposit(std::int64_t number) {
    return running_->send<bank::account>(std::to_string(number % accounts),
                                         bank::deposit{bank::cents{1}, "fine"});
  }

  ledger_store store_;
  std::optional<runtime> running_;
};

template <class Stores>
void lose(Stores& stores, const std::string& backend) {
  test::seeded_random chance{"lost hints"};
  for (const int percent : {0, 50, 100})
    BOOST_TEST_CONTEXT(percent << " % lost") {
      hard_of_hearing service{stores.another(), percent, chance};
      service.burst(scaled(20'000));
      auto took = service.measure(scaled(200));
      service.burst(scaled(20'000));
      view_figures row{
        .fault = backend + ", hints lost: " + std::to_string(percent) + " %"};
      row.rounds = std::ssize(took);
      row.events = service.check();
      std::sort(took.begin(), took.end());
      row.longest = std::chrono::ceil<std::chrono::milliseconds>(took.back());
      report(row);
      const auto hints = test::hints_so_far();
      std::cout << row.fault << ": " << hints.lost << " lost, " << hints.sent
                << " sent; from answer to view p50 "
                << took[took.size() / 2].count() << " us" << std::endl;
      BOOST_TEST((hints.lost > 0) == (percent > 0));
      BOOST_TEST((hints.sent > 0) == (percent < 100));
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(read_side)

BOOST_FIXTURE_TEST_CASE(lost_hints_cost_time_and_no_event_on_postgresql,
                        postgres_stores) {
  lose(*this, "PostgreSQL");
}

BOOST_FIXTURE_TEST_CASE(lost_hints_cost_time_and_no_event_on_sqlite,
                        sqlite_stores) {
  lose(*this, "SQLite");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::soak
