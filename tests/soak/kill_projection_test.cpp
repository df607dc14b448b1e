// SPDX-License-Identifier: MIT
#include "tests/soak/ledger_stores.hpp"
#include "tests/soak/order_views.hpp"
#include "tests/soak/view_check.hpp"
#include "tests/soak/view_figures.hpp"
#include "tests/soak/view_process.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <csignal>
#include <set>

// kill -9 of a process that appends and builds views, wherever it is in a page:
// the next one goes on, and the views are the fold of the log from zero.

namespace cafes::soak {

namespace {

using std::chrono::milliseconds;

/// What is appended at once, beside 200 openings at first, and how much of it
/// is poison.
constexpr std::int64_t deposits = 200;
constexpr std::int64_t poisoned = 2;
/// A point that is not passed in so many times is not passed at all.
constexpr int appends_max = 50;
/// For death at random: more than can be done before it.
constexpr std::int64_t many_deposits = 2'000;
constexpr std::int64_t many_poisoned = 3;
constexpr milliseconds life_longest{100};
/// More would park more than a projection may.
constexpr std::int64_t rounds_of_a_store_max = 5;

struct read_point {
  const char* name;
  std::int64_t passings_max;
};

constexpr std::array<read_point, 5> points{{
  {"before_apply", 20},
  {"before_view_commit", 20},
  {"after_view_commit", 20},
  {"before_park", 10},
  {"after_park", 10},
}};

/// While streams_seen is made anew; what is passed by both builds is passed by
/// the live one first.
constexpr std::array<read_point, 4> rebuild_points{{
  {"before_switch", 1},
  {"after_switch", 1},
  {"before_view_commit", 40},
  {"after_park", 20},
}};

/// The views of one store over several deaths.
class mortal_views {
public:
  mortal_views(ledger_store store, test::seeded_random& chance,
               view_figures& row)
    : store_{std::move(store)}, chance_{chance}, row_{row} {}

  void die_at(const std::string& point) {
    BOOST_TEST_CONTEXT(point) {
      view_process process{store_.dsn, {"CAFES_FAULT_POINT=" + point}};
      int appends = 0;
      while (process.ask(appending(deposits, poisoned, chance_))
             && process.ask("drain"))
        BOOST_REQUIRE(++appends < appends_max);
      BOOST_TEST(process.kill().signal == SIGKILL);
      recover();
    }
  }

  /// The next process goes on with the rebuild, or finds it done.
  void die_in_rebuild_at(const std::string& point) {
    BOOST_TEST_CONTEXT("rebuild, " << point) {
      view_process process{store_.dsn, {"CAFES_FAULT_POINT=" + point}};
      int appends = 0;
      while (process.ask(appending(deposits, poisoned, chance_))
             && process.ask("drain") && process.ask("rebuild"))
        BOOST_REQUIRE(++appends < appends_max);
      BOOST_TEST(process.kill().signal == SIGKILL);
      recover();
      view_process next{store_.dsn};
      BOOST_TEST((next.ask("rebuild") == "live"));
      next.stop();
      check(false);
    }
  }

  void die_at_random() {
    view_process process{store_.dsn};
    process.begin(appending(many_deposits, many_poisoned, chance_));
    process.hear(milliseconds{chance_.between(1, life_longest.count())});
    BOOST_TEST(process.kill().signal == SIGKILL);
    recover();
  }

  /// Poison does no harm any more: what was parked is applied, over one death
  /// more. Then nothing is missing.
  void mend() {
    const auto parked = check(false).parked;
    std::set<std::string> keys;
    for (const auto& [position, words] : parked)
      keys.insert(words.substr(0, words.find(',')));
    if (!keys.empty()) {
      const auto nth = chance_.between(1, std::ssize(keys));
      const auto point = std::string{chance_.between(0, 1) == 0
                                       ? "before_view_commit:"
                                       : "after_view_commit:"}
                         + std::to_string(nth);
      BOOST_TEST_CONTEXT("mended, " << point) {
        view_process dies{
          store_.dsn, {"CAFES_FAULT_POINT=" + point}, {"--mended"}};
        BOOST_REQUIRE(dies.ends_after("retry"));
        BOOST_TEST(dies.kill().signal == SIGKILL);
      }
    }
    view_process mended{store_.dsn, {}, {"--mended"}};
    static_cast<void>(mended.ask("retry"));
    BOOST_REQUIRE(test::eventually(
      [&] { return mended.state_of(streams_seen<>::name).parked == 0; }));
    mended.stop();
    const auto all = check(true);
    row_.events += all.checkpoint;
    row_.parked += std::ssize(parked);
  }

private:
  void recover() {
    const auto struck = std::chrono::steady_clock::now();
    view_process next{store_.dsn};
    next.drain();
    row_.longest = std::max(row_.longest,
                            std::chrono::duration_cast<milliseconds>(
                              std::chrono::steady_clock::now() - struck));
    next.stop();
    ++row_.rounds;
    check(false);
  }

  /// Returns streams_seen.
  view_content check(bool is_mended) {
    auto views = compare_views(store_.dsn, *store_.open_log(), is_mended);
    row_.findings += views.differences.size();
    for (const auto& each : views.differences)
      BOOST_ERROR("round " << row_.rounds << ": " << each);
    BOOST_REQUIRE(views.differences.empty());
    return std::move(views.streams);
  }

  ledger_store store_;
  test::seeded_random& chance_;
  view_figures& row_;
};

/// Rounds on one store after the other, reported as one row.
template <class Stores, class Round>
void run_rounds(Stores& stores, test::seeded_random& chance,
                const std::string& fault, std::int64_t rounds, Round&& round) {
  view_figures row{.fault = fault};
  for (auto left = rounds; left > 0; left -= rounds_of_a_store_max) {
    mortal_views views{stores.another(), chance, row};
    for (auto each = std::min(left, rounds_of_a_store_max); each > 0; --each)
      round(views);
    views.mend();
  }
  report(row);
}

template <class Stores>
void kill_at_points(Stores& stores, const std::string& backend) {
  test::seeded_random chance{"kill projections at points"};
  for (const auto& point : points)
    run_rounds(
      stores, chance, backend + ", kill -9 " + point.name, scaled(20),
      [&](mortal_views& views) {
        views.die_at(
          point.name
          + (":" + std::to_string(chance.between(1, point.passings_max))));
      });
}

template <class Stores>
void kill_in_rebuild(Stores& stores, const std::string& backend) {
  test::seeded_random chance{"kill projections in a rebuild"};
  for (const auto& point : rebuild_points)
    run_rounds(
      stores, chance, backend + ", kill -9 in a rebuild, " + point.name,
      scaled(20), [&](mortal_views& views) {
        views.die_in_rebuild_at(
          point.name
          + (":" + std::to_string(chance.between(1, point.passings_max))));
      });
}

template <class Stores>
void kill_at_random(Stores& stores, const std::string& backend) {
  test::seeded_random chance{"kill projections at random"};
  run_rounds(stores, chance, backend + ", kill -9 at random", scaled(50),
             [](mortal_views& views) { views.die_at_random(); });
}

} // namespace

BOOST_AUTO_TEST_SUITE(read_side)

BOOST_FIXTURE_TEST_CASE(documents_that_are_ahead_of_their_checkpoint_are_found,
                        sqlite_stores) {
  test::seeded_random chance{"planted torn commit"};
  const auto store = another();
  {
    view_process torn{store.dsn,
                      {"CAFES_PLANTED_BUG=torn_view_commit",
                       "CAFES_FAULT_POINT=before_view_commit:3"}};
    BOOST_REQUIRE(torn.ends_after(appending(deposits, 0, chance)));
  }
  view_process next{store.dsn};
  next.drain();
  next.stop();
  BOOST_TEST(!compare_views(store.dsn, *store.open_log()).differences.empty());
}

BOOST_FIXTURE_TEST_CASE(views_killed_at_a_point_are_the_fold_on_postgresql,
                        postgres_stores) {
  kill_at_points(*this, "PostgreSQL");
}

BOOST_FIXTURE_TEST_CASE(views_killed_at_a_point_are_the_fold_on_sqlite,
                        sqlite_stores) {
  kill_at_points(*this, "SQLite");
}

BOOST_FIXTURE_TEST_CASE(views_killed_in_a_rebuild_are_the_fold_on_postgresql,
                        postgres_stores) {
  kill_in_rebuild(*this, "PostgreSQL");
}

BOOST_FIXTURE_TEST_CASE(views_killed_in_a_rebuild_are_the_fold_on_sqlite,
                        sqlite_stores) {
  kill_in_rebuild(*this, "SQLite");
}

BOOST_FIXTURE_TEST_CASE(views_killed_at_random_are_the_fold_on_postgresql,
                        postgres_stores) {
  kill_at_random(*this, "PostgreSQL");
}

BOOST_FIXTURE_TEST_CASE(views_killed_at_random_are_the_fold_on_sqlite,
                        sqlite_stores) {
  kill_at_random(*this, "SQLite");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::soak
