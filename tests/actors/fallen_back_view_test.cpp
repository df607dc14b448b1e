// SPDX-License-Identifier: MIT
#include "tests/support/ask_sql.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/running_service.hpp"
#include "tests/support/store_under_test.hpp"
#include "tests/support/tally.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

// Views are committed without waiting for the disk, so a server that crashes
// comes back with an earlier one than its worker remembers.

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(fallen_back_view)

namespace {

struct service_on_postgresql {
  void send(const std::string& key, std::int64_t amount) {
    accepted_by(get(service.send<tally>(key, add{amount, ""})));
  }

  /// What a crash leaves: the view as it was at position 1, and no session.
  void crash() {
    ask_sql(*under, "UPDATE view_sums_1 SET data = '{\"sum\":1,\"events\":1}'"
                    " WHERE key = '1';"
                    " DELETE FROM view_sums_1 WHERE key <> '1';"
                    " UPDATE checkpoints SET position = 1"
                    " WHERE name = 'sums'");
    ask_sql(*under, "SELECT pg_terminate_backend(pid, 10000)"
                    " FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                    " AND application_name = current_schema()");
  }

  bool shows(const std::string& key, std::int64_t sum) {
    return eventually([&] {
      const auto found = service.find<sums>(key);
      return found && *found && (**found).sum == sum;
    });
  }

  std::unique_ptr<store_under_test> under
    = make_store(backend::postgresql_jsonb);
  runtime service = must(runtime::start(tallies(), [this] {
    auto with = quick();
    with.store = under->place();
    return with;
  }()));
};

} // namespace

BOOST_FIXTURE_TEST_CASE(an_idle_projection_goes_back_to_where_its_view_is,
                        service_on_postgresql) {
  send("1", 1);
  send("1", 2);
  send("2", 4);
  must(service.drain(long_enough));
  crash();
  BOOST_TEST(shows("1", 3));
  BOOST_TEST(shows("2", 4));
  BOOST_TEST(status_of(service, "sums").restarts > 0U);
  send("1", 8);
  BOOST_TEST(shows("1", 11)); // and not on what it remembered
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
