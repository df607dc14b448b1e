// SPDX-License-Identifier: MIT
#include "tests/soak/end_sessions.hpp"
#include "tests/soak/ledger_stores.hpp"

#include <boost/test/unit_test.hpp>

// The database server dies under the runtime, or ends one of its sessions. The
// runtime goes on by itself, and what it answers is true.

namespace cafes::soak {

using std::chrono::milliseconds;

BOOST_AUTO_TEST_SUITE(postgresql)

BOOST_FIXTURE_TEST_CASE(a_runtime_whose_server_is_killed_has_not_lied,
                        postgres_stores) {
  test::seeded_random chance{"kill server"};
  soak_figures row{.fault = "PostgreSQL, kill -9 of the server"};
  run_campaigns(*this, chance, row, scaled(30), [&](campaign& ledger) {
    BOOST_REQUIRE(ledger.load_for(milliseconds{chance.between(20, 400)}));
    ledger.struck();
    server.kill();
    // What is asked meanwhile waits, or hears that it must be asked again.
    BOOST_REQUIRE(ledger.load_for(milliseconds{chance.between(0, 200)}));
    server.restart();
    ledger.mended();
    ledger.recover_and_check();
  });
  report(row);
}

BOOST_FIXTURE_TEST_CASE(a_runtime_that_loses_a_session_has_not_lied,
                        postgres_stores) {
  test::seeded_random chance{"terminate backend"};
  soak_figures row{.fault = "PostgreSQL, pg_terminate_backend"};
  run_campaigns(*this, chance, row, scaled(50), [&](campaign& ledger) {
    const bool is_log_writer = chance.between(1, 2) == 1;
    BOOST_REQUIRE(ledger.load_for(milliseconds{chance.between(20, 400)}));
    ledger.struck();
    const auto ended = is_log_writer ? end_log_owner(ledger.dsn())
                                     : end_any_session(ledger.dsn());
    BOOST_TEST(ended == 1);
    ledger.mended();
    ledger.recover_and_check();
  });
  report(row);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::soak
