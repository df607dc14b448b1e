// SPDX-License-Identifier: MIT
#include "tests/soak/end_sessions.hpp"
#include "tests/soak/ledger_stores.hpp"
#include "tests/soak/order_views.hpp"
#include "tests/soak/view_check.hpp"
#include "tests/soak/view_figures.hpp"
#include "tests/soak/view_process.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/printing.hpp"

#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <functional>

// A process that builds views is stopped within a page, its claims are gone
// with its sessions, another process goes on; then it wakes up. PostgreSQL
// only: a process that has a file of SQLite keeps it as long as it lives.

namespace cafes::soak {

namespace {

using std::chrono::milliseconds;

/// What is appended while a worker is stopped, with so much poison that nearly
/// each page parks something; and what is appended before and afterwards.
constexpr std::int64_t contested_deposits = 400;
constexpr std::int64_t poisoned = 20;
constexpr std::int64_t other_deposits = 100;
/// More would park more than a projection may.
constexpr std::int64_t rounds_of_a_store_max = 2;
constexpr std::int64_t pause_latest = 60;

struct sleepy_point {
  const char* name;
  std::int64_t passings_max;
};

constexpr std::array<sleepy_point, 5> points{{
  {"before_apply", 10},
  {"before_view_commit", 5},
  {"after_view_commit", 5},
  {"before_park", 5},
  {"after_park", 5},
}};

constexpr std::array view_names{log_seen<>::name, streams_seen<>::name};

/// All rows of the views, each with the transaction that wrote it last.
std::vector<std::string> rows_of_views(const std::string& dsn) {
  pqxx::connection session{dsn};
  const auto rows = pqxx::nontransaction{session}.exec(R"(
    SELECT xmin::text || ' ' || c::text FROM checkpoints AS c
    UNION ALL SELECT xmin::text || ' ' || p::text FROM parked AS p
    UNION ALL SELECT xmin::text || ' ' || s::text FROM view_streams_seen_1 AS s
    UNION ALL SELECT xmin::text || ' ' || l::text FROM view_log_seen_1 AS l
    ORDER BY 1)");
  std::vector<std::string> all;
  for (const auto& row : rows)
    all.emplace_back(row[0].c_str());
  return all;
}

/// Views that two processes want to build.
class contested_views {
public:
  using stopping = std::function<void(view_process& zombie)>;

  contested_views(ledger_store store, test::seeded_random& chance,
                  view_figures& row)
    : store_{std::move(store)}, chance_{chance}, row_{row} {
    view_process first{store_.dsn}; // makes the store and its views
    append_to(first);
    first.drain();
    first.stop();
  }

  /// It is stopped by what its environment says, or by a function while events
  /// are appended. It wakes up when another process builds its views.
  void wake_late(std::vector<std::string> environment, const stopping& stop) {
    contest(std::move(environment), stop, [&](auto& zombie, auto& heir) {
      take_over(heir);
      const auto before = rows_of_views(store_.dsn);
      zombie.go_on();
      wait_for_phase(zombie, "elsewhere");
      BOOST_TEST((rows_of_views(store_.dsn) == before));
      for (const auto name : view_names)
        BOOST_TEST(!zombie.state_of(name).last_error.empty());
    });
  }

  /// It wakes up at once, and whoever is first builds its views.
  void wake_early(const stopping& stop) {
    contest({}, stop, [&](auto& zombie, auto& heir) {
      zombie.go_on();
      time_drain(heir);
    });
  }

  void end() {
    row_.events += store_.open_log()->head();
    row_.parked += parked_;
  }

private:
  using deed = std::function<void(view_process& zombie, view_process& heir)>;

  void contest(std::vector<std::string> environment, const stopping& stop,
               const deed& wake) {
    view_process zombie{store_.dsn, std::move(environment), {"--reader"}};
    wait_for_phase(zombie, "running");
    view_process heir{store_.dsn};
    heir.begin(appending(contested_deposits, poisoned, chance_));
    stop(zombie);
    BOOST_REQUIRE(test::eventually([&] { return zombie.is_paused(); }));
    BOOST_REQUIRE(heir.hear().has_value());
    BOOST_TEST(end_view_builders(store_.dsn) == std::ssize(view_names));
    wake(zombie, heir);
    append_to(heir);
    heir.drain();
    zombie.stop();
    heir.stop();
    ++row_.rounds;
    check();
  }

  void append_to(view_process& owner) {
    BOOST_REQUIRE(owner.ask(appending(other_deposits, 0, chance_)));
  }

  void take_over(view_process& heir) {
    time_drain(heir);
    wait_for_phase(heir, "running");
    append_to(heir);
    heir.drain();
  }

  void time_drain(view_process& heir) {
    const auto struck = std::chrono::steady_clock::now();
    heir.drain();
    row_.longest = std::max(row_.longest,
                            std::chrono::duration_cast<milliseconds>(
                              std::chrono::steady_clock::now() - struck));
  }

  static void wait_for_phase(view_process& process, const std::string& phase) {
    for (const auto name : view_names)
      BOOST_REQUIRE(test::eventually(
        [&] { return process.state_of(name).phase == phase; }));
  }

  void check() {
    const auto views = compare_views(store_.dsn, *store_.open_log());
    row_.findings += views.differences.size();
    parked_ = std::ssize(views.streams.parked);
    for (const auto& each : views.differences)
      BOOST_ERROR("round " << row_.rounds << ": " << each);
    BOOST_REQUIRE(views.differences.empty());
  }

  ledger_store store_;
  test::seeded_random& chance_;
  view_figures& row_;
  /// When the views were compared last.
  std::int64_t parked_ = 0;
};

struct zombies : postgres_stores {
  /// Rounds on one store after the other, reported as one row.
  void run(const std::string& fault, std::int64_t rounds,
           const std::function<void(contested_views&)>& round) {
    view_figures row{.fault = "PostgreSQL, SIGSTOP " + fault};
    for (auto left = rounds; left > 0; left -= rounds_of_a_store_max) {
      contested_views views{another(), chance, row};
      for (auto each = std::min(left, rounds_of_a_store_max); each > 0; --each)
        round(views);
      views.end();
    }
    report(row);
  }

  /// It says nothing: to hear is to wait.
  void pause_soon(view_process& zombie) {
    zombie.hear(milliseconds{chance.between(0, pause_latest)});
    zombie.pause();
  }

  test::seeded_random chance{"zombies"};
};

} // namespace

BOOST_AUTO_TEST_SUITE(read_side)

BOOST_FIXTURE_TEST_CASE(
  a_worker_stopped_within_a_page_wakes_up_and_writes_nothing, zombies) {
  for (const auto& point : points)
    run(point.name, scaled(10), [&](contested_views& views) {
      const auto where
        = point.name
          + (":" + std::to_string(chance.between(1, point.passings_max)));
      BOOST_TEST_CONTEXT(where) {
        views.wake_late({"CAFES_STOP_POINT=" + where}, [](view_process&) {});
      }
    });
}

BOOST_FIXTURE_TEST_CASE(a_worker_stopped_at_random_wakes_up_and_writes_nothing,
                        zombies) {
  run("at random", scaled(20), [&](contested_views& views) {
    views.wake_late({}, [&](view_process& zombie) { pause_soon(zombie); });
  });
}

BOOST_FIXTURE_TEST_CASE(a_worker_that_wakes_up_during_a_take_over_does_no_harm,
                        zombies) {
  run("at random, awake at once", scaled(20), [&](contested_views& views) {
    views.wake_early([&](view_process& zombie) { pause_soon(zombie); });
  });
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::soak
