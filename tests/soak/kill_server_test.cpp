// SPDX-License-Identifier: MIT
#include "tests/soak/ledger_stores.hpp"

#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>

#include <boost/test/unit_test.hpp>

// The database server dies under the runtime, or ends one of its sessions. The
// runtime goes on by itself, and what it answers is true.

namespace cafes::soak {

namespace {

using std::chrono::milliseconds;

/// The session that writes the log: it holds the lock that only it takes with
/// the key of log 0.
constexpr const char* end_log_writer = R"(
SELECT pg_terminate_backend(pid) FROM pg_locks
WHERE locktype = 'advisory' AND granted
  AND database = (SELECT oid FROM pg_database
                  WHERE datname = current_database())
  AND (classid::bigint << 32 | objid::bigint)
    = hashtextextended('cafes/log/' || 'logs'::regclass::oid, 0))";

constexpr const char* end_any_session = R"(
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND backend_type = 'client backend' AND application_name <> 'soak'
ORDER BY random() LIMIT 1)";

/// How many sessions it ended.
std::size_t ask_to_end(const std::string& dsn, const char* statement) {
  pqxx::connection session{dsn + " application_name=soak"};
  return pqxx::nontransaction{session}.exec(statement).size();
}

} // namespace

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
    const auto ended_sessions = ask_to_end(
      ledger.dsn(), is_log_writer ? end_log_writer : end_any_session);
    BOOST_TEST(ended_sessions == 1U);
    ledger.mended();
    ledger.recover_and_check();
  });
  report(row);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::soak
