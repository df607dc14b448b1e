// SPDX-License-Identifier: MIT
#include "tests/soak/ledger_stores.hpp"

#include <boost/test/unit_test.hpp>

#include <array>

// kill -9 of the process that has the runtime: whatever it was doing, what it
// has answered is true, and what it has not answered can be repeated.

namespace cafes::soak {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds load_shortest{20};
constexpr milliseconds load_longest{400};
/// A point that is not passed in this time is not passed at all.
constexpr milliseconds point_longest{30'000};

/// A place in the write path, and how many passings there are to choose from.
struct named_point {
  const char* name;
  std::int64_t passings_max;
};

constexpr std::array<named_point, 10> points{{
  {"before_encode", 400},
  {"after_encode", 400},
  {"before_send", 400},
  {"after_send", 400},
  {"before_commit", 100},
  {"after_commit", 100},
  {"before_acknowledge", 400},
  {"after_acknowledge", 400},
  {"before_snapshot", 3},
  {"after_snapshot", 3},
}};

template <class Stores>
void kill_at_random(Stores& stores, const std::string& name,
                    std::int64_t rounds) {
  test::seeded_random chance{name};
  soak_figures row{.fault = name};
  std::int64_t under_way = 0;
  run_campaigns(stores, chance, row, rounds, [&](campaign& ledger) {
    BOOST_REQUIRE(ledger.load_for(milliseconds{
      chance.between(load_shortest.count(), load_longest.count())}));
    under_way += ledger.under_way() > 0 ? 1 : 0;
    ledger.kill();
    ledger.start();
    ledger.recover_and_check();
  });
  report(row);
  BOOST_TEST(under_way >= rounds / 2);
}

} // namespace

BOOST_AUTO_TEST_SUITE(postgresql)

BOOST_FIXTURE_TEST_CASE(a_runtime_killed_at_a_named_point_has_not_lied,
                        postgres_stores) {
  test::seeded_random chance{"kill at points"};
  for (const auto& point : points) {
    soak_figures row{.fault = std::string{"PostgreSQL, kill -9 "} + point.name};
    run_campaigns(*this, chance, row, scaled(5), [&](campaign& ledger) {
      const auto nth = chance.between(1, point.passings_max);
      const auto where = point.name + (":" + std::to_string(nth));
      BOOST_TEST_CONTEXT(where) {
        ledger.stop();
        ledger.start({"CAFES_FAULT_POINT=" + where});
        BOOST_REQUIRE(ledger.load_until_gone(point_longest));
        ledger.start();
        ledger.recover_and_check();
      }
    });
    report(row);
  }
}

BOOST_FIXTURE_TEST_CASE(a_runtime_killed_at_random_has_not_lied,
                        postgres_stores) {
  kill_at_random(*this, "PostgreSQL, kill -9 at random", scaled(100));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(sqlite)

BOOST_FIXTURE_TEST_CASE(a_runtime_killed_at_random_has_not_lied,
                        sqlite_stores) {
  kill_at_random(*this, "SQLite, kill -9 at random", scaled(50));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::soak
