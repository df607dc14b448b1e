// SPDX-License-Identifier: MIT
#include "store/log_store.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/open_log.hpp"
#include "tests/support/postgres_proxy.hpp"
#include "tests/support/running_service.hpp"
#include "tests/support/scratch_schema.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/support/tally.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

// A running service whose connections are cut at random messages while 64
// commands are under way. Who is told to send again does so, and in the end
// the log and the views are exact.

namespace cafes::test {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t commands_under_way_max = 64;
constexpr int accounts = 8;
constexpr int attempts_max = 100;

int cuts_wanted() {
  const char* scale = std::getenv("CAFES_SOAK_SCALE");
  return 20 * (scale == nullptr ? 1 : std::atoi(scale));
}

/// A command and what became of it.
struct sent_command {
  std::string key;
  std::int64_t amount = 0;
  int attempts = 0;
  std::optional<accepted<tally>> place;
  bool was_rejected = false;
};

/// What the runtime's threads tell the test's.
class answers {
public:
  void push(std::size_t number, outcome<tally> ended) {
    const std::lock_guard lock{mutex_};
    waiting_.emplace_back(number, std::move(ended));
    changed_.notify_one();
  }

  std::pair<std::size_t, outcome<tally>> pop() {
    std::unique_lock lock{mutex_};
    if (!changed_.wait_for(lock, 2 * long_enough,
                           [&] { return !waiting_.empty(); }))
      throw std::runtime_error{"no answer"};
    auto first = std::move(waiting_.front());
    waiting_.pop_front();
    return first;
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::pair<std::size_t, outcome<tally>>> waiting_;
};

settings through(const postgres_proxy& proxy) {
  auto with = quick();
  with.store = proxy.conninfo()
               + " connect_timeout=2 tcp_user_timeout=1000 keepalives_idle=1"
                 " keepalives_interval=1 keepalives_count=1";
  return with;
}

/// The load, and the cuts in it.
class load_under_cuts {
public:
  /// Sends until so many cuts were made, and waits for all answers.
  void run(int cuts) {
    plan_cut();
    while (made_ < cuts || under_way_ > 0) {
      while (made_ < cuts && under_way_ < commands_under_way_max)
        send_new();
      auto [number, ended] = told_.pop();
      --under_way_;
      hear(number, ended);
      if (proxy_.faults().cuts() > 0) {
        // What it was not told, the server notices at last.
        if (++made_ % 10 == 0)
          proxy_.end_silent_sessions();
        plan_cut();
      }
    }
    proxy_.faults().plan({});
    proxy_.end_silent_sessions();
  }

  void check() {
    const auto direct = must(store::open_store(schema_.conninfo()));
    const auto log = all_of(*direct);
    check_dense(log);
    std::map<uuid, const recorded_event*> by_command;
    std::map<std::string, std::int64_t> sums_by_key;
    for (const auto& event : log) {
      BOOST_TEST(by_command.emplace(event.from.command_id, &event).second);
      sums_by_key[event.stream.key] += must(decode<added>(event.data)).amount;
    }
    std::size_t stored = 0;
    for (std::size_t number = 0; number < sent_.size(); ++number) {
      const auto& one = sent_[number];
      BOOST_REQUIRE(one.place.has_value() != one.was_rejected);
      if (one.was_rejected)
        continue;
      ++stored;
      const auto& event = *by_command.at(id_of(number));
      BOOST_TEST(event.at == one.place->at_position);
      BOOST_TEST(event.at_version == one.place->at_version);
      BOOST_TEST(event.stream.key == one.key);
    }
    BOOST_TEST(stored == log.size());
    must(service_.drain(long_enough));
    for (const auto& [key, sum] : sums_by_key)
      BOOST_TEST(must(service_.find<sums>(key)).value().sum == sum);
    BOOST_TEST_MESSAGE(sent_.size() << " commands, " << repeated_
                                    << " sent again, " << made_ << " cuts");
  }

private:
  static uuid id_of(std::size_t number) {
    return name_uuid(uuid{}, std::to_string(number));
  }

  void plan_cut() {
    using enum cut_manner;
    constexpr std::array manners{reset, finish, abandon};
    constexpr std::array moments{cut_moment::before, cut_moment::within,
                                 cut_moment::after};
    proxy_.faults().plan(
      {{random_.between(0, 1) == 0 ? wire_direction::to_server
                                   : wire_direction::to_client,
        static_cast<std::size_t>(random_.between(1, 200)),
        moments.at(static_cast<std::size_t>(random_.between(0, 2))),
        manners.at(static_cast<std::size_t>(random_.between(0, 2)))}});
  }

  void send_new() {
    auto& one = sent_.emplace_back();
    one.key = std::to_string(random_.between(1, accounts));
    one.amount = random_.between(1, 10) == 1 ? -1 : random_.between(1, 99);
    send(sent_.size() - 1);
  }

  void send(std::size_t number) {
    auto& one = sent_[number];
    ++under_way_;
    service_.send<tally>(one.key, add{one.amount, ""},
                         {.id = id_of(number), .retry = one.attempts++ > 0},
                         [this, number](outcome<tally> ended) {
                           told_.push(number, std::move(ended));
                         });
  }

  void hear(std::size_t number, const outcome<tally>& ended) {
    auto& one = sent_[number];
    if (const auto* place = ended.accepted()) {
      BOOST_TEST(one.amount > 0);
      one.place = *place;
    } else if (ended.rejected() != nullptr) {
      BOOST_TEST(one.amount < 0);
      one.was_rejected = true;
    } else {
      const auto code = ended.failed()->code;
      if ((code != errc::outcome_unknown && code != errc::unavailable
           && code != errc::deadline_exceeded)
          || one.attempts == attempts_max)
        throw std::runtime_error{describe(*ended.failed())};
      ++repeated_;
      send(number);
    }
  }

  static std::vector<recorded_event> all_of(store::log_store& direct) {
    const auto reader = must(direct.open_reader());
    std::vector<recorded_event> log;
    for (;;) {
      const auto page = must(reader->read_log(
        position{static_cast<std::int64_t>(log.size())}, 1000));
      if (page.empty())
        return log;
      log.insert(log.end(), page.begin(), page.end());
    }
  }

  seeded_random random_{"cut_service"};
  scratch_schema schema_;
  postgres_proxy proxy_{schema_.conninfo()};
  answers told_;
  std::vector<sent_command> sent_;
  std::size_t under_way_ = 0;
  int made_ = 0;
  int repeated_ = 0;
  runtime service_{must(runtime::start(tallies(), through(proxy_)))};
};

} // namespace

BOOST_AUTO_TEST_SUITE(cut_service)

BOOST_AUTO_TEST_CASE(a_service_whose_connections_are_cut_stays_exact) {
  load_under_cuts load;
  load.run(cuts_wanted());
  load.check();
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
