// SPDX-License-Identifier: MIT
#include "domain/account.hpp"
#include "tests/soak/ledger_stores.hpp"
#include "tests/soak/order_views.hpp"
#include "tests/soak/view_check.hpp"
#include "tests/soak/view_figures.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/running_service.hpp"

#include <cafes/cafes.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <iostream>
#include <map>
#include <mutex>
#include <semaphore>
#include <string>
#include <thread>

// A view of a long log is made anew while commands run and queries are
// answered: cancelled on the way and gone on with, then rolled back.

namespace cafes::soak {

namespace {

using namespace std::chrono_literals;
using test::must;

constexpr std::int64_t accounts = 1'000;
constexpr auto within = 15min;

std::string key_of(std::int64_t number) {
  return std::to_string(number % accounts);
}

/// Deposits, so many at a time, by the thread that made it.
class deposits_under_way {
public:
  deposits_under_way(runtime& service, std::ptrdiff_t most)
    : service_{service}, most_{most}, free_{most} {}

  ~deposits_under_way() {
    for (std::ptrdiff_t each = 0; each < most_; ++each)
      free_.acquire();
  }

  template <class Command>
  void send(const std::string& key, Command command) {
    free_.acquire();
    service_.send<bank::account, Command>(
      key, std::move(command), {}, [this](const auto& came) {
        failed_ += came.accepted() == nullptr ? 1 : 0;
        free_.release();
      });
  }

  [[nodiscard]] std::int64_t failed() const { return failed_; }

private:
  runtime& service_;
  std::ptrdiff_t most_;
  std::counting_semaphore<> free_;
  std::atomic<std::int64_t> failed_{0};
};

void fill(runtime& service, std::int64_t events) {
  deposits_under_way sent{service, 1'024};
  for (std::int64_t number = 0; number < events; ++number)
    if (number < accounts)
      sent.send(key_of(number), bank::open{"many", bank::cents{}});
    else
      sent.send(key_of(number), bank::deposit{bank::cents{1}, "first"});
}

/// Sends and asks as long as it lives.
class traffic {
public:
  explicit traffic(runtime& service)
    : sender_{[this, &service](const std::stop_token& stop) {
        deposits_under_way sent{service, 16};
        for (std::int64_t number = 0; !stop.stop_requested(); ++number)
          sent.send(key_of(number), bank::deposit{bank::cents{1}, "later"});
        failed_ += sent.failed();
      }},
      reader_{[this, &service](const std::stop_token& stop) {
        std::map<std::string, std::int64_t> before;
        for (std::int64_t number = 0; !stop.stop_requested(); number += 7)
          ask(service, key_of(number), before);
      }} {}

  /// When both have come to their ends.
  void check() {
    for (auto* thread : {&sender_, &reader_}) {
      thread->request_stop();
      thread->join();
    }
    BOOST_TEST(failed_ == 0);
    BOOST_TEST(unanswered_ == 0);
    BOOST_TEST(fallen_back_ == 0);
    BOOST_TEST(answered_ > 0);
  }

  [[nodiscard]] std::int64_t answered() const { return answered_; }

private:
  void ask(runtime& service, const std::string& key,
           std::map<std::string, std::int64_t>& before) {
    const auto found = service.find<streams_seen<>>(key);
    if (!found || !*found) {
      ++unanswered_;
      return;
    }
    auto& last = before[key];
    fallen_back_ += (*found)->last < last ? 1 : 0;
    last = (*found)->last;
    ++answered_;
  }

  std::atomic<std::int64_t> failed_{0};
  std::atomic<std::int64_t> unanswered_{0};
  std::atomic<std::int64_t> fallen_back_{0};
  std::atomic<std::int64_t> answered_{0};
  std::jthread sender_;
  std::jthread reader_;
};

projection_status seen_of(const runtime& service) {
  return test::status_of(service, std::string{streams_seen<>::name});
}

template <class Condition>
bool comes(Condition&& condition) {
  std::mutex mutex;
  std::condition_variable never;
  std::unique_lock lock{mutex};
  const auto until = std::chrono::steady_clock::now() + within;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until)
      return false;
    never.wait_for(lock, 1ms);
  }
  return true;
}

bool is_live(const runtime& service, int build) {
  return comes([&] { return seen_of(service).build == build; });
}

void check_view(const ledger_store& store, view_figures& row) {
  const auto log = store.open_log()->events();
  const auto opened = must(store::open_store(store.dsn));
  const auto found = differences("streams_seen", fold_streams(log, false),
                                 read_view<streams_seen<>>(*opened));
  for (const auto& each : found)
    BOOST_ERROR(each);
  row.findings += found.size();
  row.events = std::ssize(log);
}

} // namespace

BOOST_AUTO_TEST_SUITE(read_side)

BOOST_FIXTURE_TEST_CASE(
  a_large_view_is_made_anew_while_commands_run_and_nothing_is_missed,
  postgres_stores) {
  const auto store = another();
  auto with = test::quick();
  with.store = store.dsn;
  auto service = must(runtime::start(
    definition{}.aggregate<bank::account>().projection<streams_seen<>>(),
    with));
  const auto many = scaled(1'000'000);
  fill(service, many);
  must(service.drain(within));

  const auto began = std::chrono::steady_clock::now();
  const std::string name{streams_seen<>::name};
  traffic running{service};
  BOOST_TEST(must(service.rebuild_projection(name)) == 2);
  BOOST_REQUIRE(comes([&] {
    const auto seen = seen_of(service);
    return seen.rebuild && seen.rebuild->checkpoint.value() > many / 4;
  }));
  must(service.cancel_rebuild(name));
  BOOST_REQUIRE(comes([&] {
    const auto seen = seen_of(service);
    return seen.rebuild && !seen.rebuild->is_under_way;
  }));
  const auto kept = seen_of(service).rebuild->checkpoint;
  BOOST_TEST(kept.value() > many / 4);
  BOOST_TEST(seen_of(service).build == 1);
  BOOST_TEST(must(service.rebuild_projection(name)) == 2);
  BOOST_REQUIRE(is_live(service, 2));
  BOOST_TEST(must(service.roll_back_projection(name)) == 1);
  BOOST_REQUIRE(is_live(service, 1));
  running.check();
  must(service.drain(within));
  view_figures row{.fault = "PostgreSQL, a rebuild and a roll back under load",
                   .rounds = 1};
  row.longest = std::chrono::duration_cast<std::chrono::milliseconds>(
    std::chrono::steady_clock::now() - began);
  check_view(store, row);
  BOOST_TEST(must(service.rebuild_projection(name)) == 3);
  BOOST_REQUIRE(is_live(service, 3));
  service.stop();
  check_view(store, row);
  report(row);
  std::cout << "rebuild: " << running.answered() << " queries answered"
            << std::endl;
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::soak
