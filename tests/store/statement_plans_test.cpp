// SPDX-License-Identifier: MIT
#include "store/postgres/sql.hpp"
#include "store/postgres/view_table.hpp"
#include "tests/support/ask_sql.hpp"
#include "tests/support/open_log.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

// A statement is planned once for each session, maybe while the tables are
// empty, and must still be a walk along an index when they are big.

namespace cafes::test {

namespace {

constexpr auto postgresql = {backend::postgresql_jsonb};

/// The plan of a statement in a session of ours, on tables that are empty.
std::string plan_of(const store_under_test& under, std::string_view statement,
                    const std::string& binds) {
  namespace sql = store::postgres::sql;
  const auto lines = ask_sql(
    under, std::string{sql::begin_session} + "; PREPARE planned AS "
             + std::string{statement} + "; EXPLAIN (COSTS OFF) EXECUTE planned("
             + binds + ");");
  std::string plan;
  for (const auto& line : lines)
    plan += line.at(0) + "\n";
  return plan;
}

/// Every place of a table is found by all of these columns.
void check_walk(const std::string& plan, const std::string& table,
                const std::string& condition) {
  BOOST_TEST_CONTEXT("the plan is\n" << plan) {
    const auto at = plan.find(" on " + table);
    BOOST_REQUIRE(at != std::string::npos);
    const auto next = plan.find("->", at);
    BOOST_TEST(plan.substr(at, next - at).find("Index Cond: " + condition)
               != std::string::npos);
    BOOST_TEST(plan.find("Seq Scan on " + table) == std::string::npos);
  }
}

} // namespace

CAFES_STORE_TEST(a_recovery_planned_early_finds_its_streams_by_name,
                 postgresql) {
  const open_log log{under};
  const auto plan = plan_of(under, store::postgres::sql::recover,
                            "0::smallint, ARRAY['account'], ARRAY['1'],"
                            " ARRAY['v1'], 250");
  check_walk(plan, "streams",
             "((log_id = $1) AND (category = given.category) AND (key = "
             "given.key))");
  check_walk(plan, "events", "((stream_id = ");
  check_walk(plan, "snapshots", "(stream_id = ");
}

CAFES_STORE_TEST(a_check_of_versions_planned_early_finds_its_streams_by_name,
                 postgresql) {
  const open_log log{under};
  check_walk(plan_of(under, store::postgres::sql::find_streams,
                     "0::smallint, ARRAY['account'], ARRAY['1']"),
             "streams",
             "((log_id = $1) AND (category = given.category) AND (key = "
             "given.key))");
}

CAFES_STORE_TEST(keeping_snapshots_planned_early_finds_their_events_by_version,
                 postgresql) {
  const open_log log{under};
  check_walk(plan_of(under, store::postgres::sql::keep_snapshots,
                     "ARRAY[1]::bigint[], ARRAY[1]::bigint[], ARRAY['v1'],"
                     " ARRAY['\\x00']::bytea[]"),
             "events",
             "((stream_id = given.stream_id) AND (version = given.version))");
}

CAFES_STORE_TEST(a_look_for_orders_planned_early_finds_the_wished_only,
                 postgresql) {
  const auto plan = plan_of(under, store::postgres::sql::find_orders,
                            "'sums', 1, 1000");
  check_walk(plan, "parked", "((name = $1) AND (version = $2))");
  BOOST_TEST(plan.find("using parked_wished") != std::string::npos, plan);
}

CAFES_STORE_TEST(a_wish_for_a_key_planned_early_finds_its_events, postgresql) {
  const auto plan = plan_of(under, store::postgres::sql::wish_key,
                            "'sums', 1, 'drop', 'a'");
  check_walk(plan, "views", "((name = $1) AND (version = $2))");
  check_walk(plan, "checkpoints",
             "((name = live.live_row) AND (version = live.version))");
  BOOST_TEST(plan.find("using parked_key") != std::string::npos, plan);
}

CAFES_STORE_TEST(
  a_page_with_parked_events_planned_early_walks_those_of_its_view, postgresql) {
  must(must(under.store().open_view_writer({"sums", 1, "{}"}))->claim());
  const auto plan = plan_of(
    under,
    store::postgres::for_view(store::postgres::sql::commit_page,
                              {"sums", 1, "{}"}, "jsonb"),
    "'sums', 1, 0, 1, '{}', '{}', '{1}', '{}', '{}', '{}', '{}', '{}', '{}',"
    " '{}'");
  BOOST_TEST(plan.find("Seq Scan") == std::string::npos, plan);
  check_walk(plan, "parked",
             "((name = here.name) AND (version = here.version))");
}

CAFES_STORE_TEST(a_document_is_found_by_its_key_with_the_checkpoint,
                 postgresql) {
  must(must(under.store().open_view_writer({"sums", 1, "{}"}))->claim());
  const auto plan
    = plan_of(under,
              store::postgres::for_view(store::postgres::sql::find_document,
                                        {"sums", 1, "{}"}, "jsonb"),
              "'sums', 1, 'a'");
  check_walk(plan, "checkpoints", "((name = $1) AND (version = $2))");
  check_walk(plan, "view_sums_1", "(key = $3)");
}

} // namespace cafes::test
