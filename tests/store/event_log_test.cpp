// SPDX-License-Identifier: MIT
#include "tests/support/ask_sql.hpp"
#include "tests/support/open_log.hpp"

#include <nlohmann/json.hpp>

#include <boost/test/unit_test.hpp>

// What people find who open the database itself.

namespace cafes::test {

namespace {

constexpr auto databases = {backend::sqlite, backend::postgresql_jsonb,
                            backend::postgresql_json};

void check_refused(const store_under_test& under,
                   const std::string& statement) {
  BOOST_CHECK_EXCEPTION(ask_sql(under, statement), std::exception,
                        [](const std::exception& refused) {
                          BOOST_TEST_MESSAGE(refused.what());
                          return std::string{refused.what()}.find(" never ")
                                 != std::string::npos;
                        });
}

} // namespace

CAFES_STORE_TEST(events_are_never_changed_by_sql, databases) {
  open_log log{under};
  must(log.append("account-1", {.events = 2}));
  check_refused(under, "UPDATE events SET version = 7 WHERE position = 1");
  check_refused(under, "DELETE FROM events WHERE position = 2");
  if (under.kind() != backend::sqlite)
    check_refused(under, "TRUNCATE events");
  BOOST_TEST(log.all().size() == 2);
  check_dense(log.all());
}

CAFES_STORE_TEST(the_event_log_reads_as_people_expect, databases) {
  open_log log{under};
  must(log.append("order-1"));
  auto append = log.to("account-it's me", {.events = 2, .data = R"({"n":42})"});
  append.from = {command(1), command(2), command(3)};
  append.events[1].metadata = R"({"user":"ann"})";
  must(log.append(append));
  const auto rows = ask_sql(
    under, "SELECT log, position, stream, version, type, schema_version,"
           " command_id, correlation_id, causation_id, data, metadata"
           " FROM event_log WHERE stream = 'account-it''s me'"
           " ORDER BY position");
  BOOST_REQUIRE(rows.size() == 2);
  const std::vector<std::string> place{"0",
                                       "3",
                                       "account-it's me",
                                       "2",
                                       "test.happened",
                                       "1",
                                       to_string(command(1)),
                                       to_string(command(2)),
                                       to_string(command(3))};
  const auto& row = rows[1];
  BOOST_TEST((std::vector<std::string>{row.begin(), row.end() - 2}) == place,
             boost::test_tools::per_element());
  using nlohmann::json;
  BOOST_TEST(json::parse(row[9]) == json::parse(R"({"n":42})"));
  BOOST_TEST(json::parse(row[10]) == json::parse(R"({"user":"ann"})"));
  BOOST_TEST(rows[0][10] == "");
}

CAFES_STORE_TEST(nil_ids_are_null_in_the_event_log, databases) {
  open_log log{under};
  must(log.append("account-1"));
  BOOST_TEST(ask_sql(under, "SELECT position FROM event_log WHERE command_id IS"
                            " NULL AND correlation_id IS NULL AND causation_id"
                            " IS NULL AND metadata IS NULL")
               .size()
             == 1);
}

CAFES_STORE_TEST(the_event_log_shows_the_recorded_time, databases) {
  open_log log{under};
  const auto stored = must(log.append("account-1"));
  const auto sql = under.kind() == backend::sqlite
                     ? "SELECT recorded_at FROM event_log"
                     : "SELECT to_char(recorded_at AT TIME ZONE 'UTC',"
                       " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM event_log";
  BOOST_TEST(ask_sql(under, sql).at(0).at(0) == to_string(stored.recorded_at));
}

CAFES_STORE_TEST(events_are_queried_by_what_is_in_them,
                 {backend::sqlite, backend::postgresql_jsonb}) {
  open_log log{under};
  must(log.append("account-1", {.events = 3}));
  const auto sql
    = under.kind() == backend::sqlite
        ? "SELECT position FROM event_log WHERE data ->> 'n' = 2"
        : "SELECT position FROM event_log WHERE data @> '{\"n\":2}'";
  BOOST_TEST((ask_sql(under, sql) == sql_rows{{"2"}}));
}

CAFES_STORE_TEST(documents_are_queried_in_the_table_of_their_view, databases) {
  const auto writer
    = must(under.store().open_view_writer({"balances", 3, "{n:int64}"}));
  must(writer->claim());
  const std::vector<store::keyed_document> changed{{"a", R"({"n":1})"}};
  must(writer->commit({position{0}, position{1}, changed, {}, {}}));
  BOOST_TEST(
    (ask_sql(under, "SELECT key FROM view_balances_3") == sql_rows{{"a"}}));
}

} // namespace cafes::test
