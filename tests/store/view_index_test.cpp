// SPDX-License-Identifier: MIT
#include "store/postgres/sql.hpp"
#include "store/postgres/view_plan.hpp"
#include "tests/support/ask_sql.hpp"
#include "tests/support/people_view.hpp"
#include "tests/support/printing.hpp"

#include <cafes/limits.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

// PostgreSQL finds documents along one index that the statement names without
// naming it, whatever the planner thinks of how many there are.

namespace cafes::test {

namespace {

using store::postgres::made_statement;
using store::postgres::view_plan;
using texts = std::vector<std::string>;
using enum comparison;

constexpr auto postgresql = {backend::postgresql_jsonb,
                             backend::postgresql_json};

std::string quoted(const std::string& text) {
  std::string made = "'";
  for (const char c : text)
    made += c == '\'' ? "''" : std::string{c};
  return made + "'";
}

/// The plan in a session of ours.
std::string plan_of(const store_under_test& under,
                    const made_statement& statement) {
  std::string binds;
  for (const auto& bind : statement.binds)
    binds += (binds.empty() ? "" : ", ") + quoted(bind);
  const auto lines = ask_sql(
    under, std::string{store::postgres::sql::begin_session}
             + "; PREPARE planned AS " + statement.text
             + "; EXPLAIN (COSTS OFF) EXECUTE planned(" + binds + ");");
  std::string plan;
  for (const auto& line : lines)
    plan += line.at(0) + "\n";
  return plan;
}

/// The documents are walked along this index, and no other is.
void check_walk(const std::string& plan, const std::string& index,
                const std::string& condition) {
  BOOST_TEST_CONTEXT("the plan is\n" << plan) {
    BOOST_TEST(plan.find("Seq Scan") == std::string::npos);
    const auto at = plan.find(" on view_people_1");
    BOOST_REQUIRE(at != std::string::npos);
    BOOST_TEST(plan.find(" on view_people_1", at + 1) == std::string::npos);
    BOOST_TEST(plan.rfind("using " + index, at) != std::string::npos);
    const auto next = plan.find("->  ", at);
    BOOST_TEST(plan.substr(at, next - at).find("Index Cond: " + condition)
               != std::string::npos);
  }
}

struct planned {
  explicit planned(std::vector<condition> where)
    : selected{must(store::check_selection(view, {.where = std::move(where)}))},
      plan{view, selected} {}

  [[nodiscard]] made_statement query(view_plan::way way) const {
    return plan.query({selected, false, 100}, way);
  }

  store::view_identity view
    = people_view_with({"balance", "name", "is_open", "serial", "home.floor"});
  store::checked_selection selected;
  view_plan plan;
};

/// What pg_indexes says about the indexes of "people v1" beside the key's.
texts indexes_of(const store_under_test& under,
                 const std::string& table = "view_people_1") {
  texts found;
  for (const auto& row : ask_sql(
         under, "SELECT indexdef FROM pg_indexes WHERE tablename = '" + table
                  + "' AND schemaname = current_schema() "
                    "AND indexname LIKE 'by%' ORDER BY indexname"))
    found.push_back(row.at(0));
  return found;
}

} // namespace

CAFES_STORE_TEST(without_an_index_the_key_is_walked, postgresql) {
  const people_view view{under, planned{{}}.view};
  const auto key = "((key >= $4) AND (key < $5))";
  for (const auto& where : {std::vector<condition>{},
                            {{"limit", less, 0}},
                            {{"balance", not_equal, 0}},
                            {{"home.town", equal, "Ghent"}}}) {
    const planned asked{where};
    BOOST_TEST((asked.plan.best() == view_plan::way::by_key));
    check_walk(plan_of(under, asked.query(view_plan::way::by_key)),
               "view_people_1_pkey on", key);
    check_walk(plan_of(under, asked.plan.total({asked.selected, {}})),
               "view_people_1_pkey on", key);
  }
}

CAFES_STORE_TEST(an_equal_value_is_walked_in_order_of_key, postgresql) {
  const people_view view{under, planned{{}}.view};
  const auto check = [&](const condition& one, const std::string& index) {
    const planned asked{{{"limit", less, 0}, {"balance", less, 5}, one}};
    BOOST_TEST((asked.plan.best() == view_plan::way::by_value));
    const auto plan = plan_of(under, asked.query(view_plan::way::by_value));
    check_walk(plan, index, "((ROW(");
    // Nothing is sorted but the page.
    BOOST_TEST(plan.find("Sort Key") == plan.rfind("Sort Key"), plan);
    check_walk(plan_of(under, asked.plan.total({asked.selected, {}})), index,
               "(");
  };
  check({"name", equal, "ann"}, "by_name_");
  check({"balance", equal, 7}, "by_balance_");
  check({"serial", equal, 7}, "by_serial_");
  check({"is_open", equal, true}, "by_is_open_");
  check({"home.floor", equal, 1}, "\"by_home.floor_");
}

CAFES_STORE_TEST(a_range_of_values_is_counted_and_walked, postgresql) {
  const people_view view{under, planned{{}}.view};
  const planned asked{{{"limit", less, 0},
                       {"balance", greater_equal, 3},
                       {"name", less, "b"},
                       {"balance", less, 5}}};
  BOOST_TEST((asked.plan.best() == view_plan::way::by_range));
  for (const auto& statement :
       {asked.plan.count_indexed(7), asked.query(view_plan::way::by_range),
        asked.plan.total({asked.selected, {}})})
    check_walk(plan_of(under, statement), "by_balance_",
               "((((data ->> 'balance'::text))::bigint >= ");
  const planned text{{{"name", less, "b"}}};
  check_walk(plan_of(under, text.query(view_plan::way::by_range)), "by_name_",
             "((\"left\"((data ->> 'name'::text), 255))::text <= ");
}

CAFES_STORE_TEST(few_in_a_range_are_found_at_once_and_many_page_by_page,
                 postgresql) {
  people_view view{under, people_view_with({"balance"})};
  view.put_numbered(static_cast<int>(limits::query_scan_max) + 2);
  const auto few
    = must(view.query({.select = {.where = {{"balance", greater, 9'998}}}}));
  BOOST_TEST(few.documents.size() == 3U);
  BOOST_TEST(!few.more_after.has_value());
  view_query many{
    .select = {.where = {{"balance", greater_equal, 0}, {"limit", equal, 1}}}};
  BOOST_TEST((must(view.query(many)).more_after == "009999"));
  BOOST_TEST(view.keys(many).empty());
  many.select.where.pop_back();
  BOOST_TEST(view.keys(many).size() == limits::query_scan_max + 2);
}

CAFES_STORE_TEST(an_index_is_made_for_each_field_that_is_named, postgresql) {
  {
    const people_view view{under,
                           people_view_with({"balance", "name", "work.floor"})};
    const auto found = indexes_of(under);
    BOOST_REQUIRE(found.size() == 3U);
    const auto is_on = [](const std::string& index, const std::string& what) {
      return index.find("USING btree (" + what + ", key)") != std::string::npos;
    };
    BOOST_TEST(is_on(found[0], "(((data ->> 'balance'::text))::bigint)"),
               found[0]);
    BOOST_TEST(is_on(found[1],
                     "\"left\"((data ->> 'name'::text), 255) COLLATE \"C\""),
               found[1]);
    BOOST_TEST(is_on(found[2],
                     "((((data -> 'work'::text) ->> 'floor'::text))::bigint)"),
               found[2]);
  }
  const people_view again{under,
                          people_view_with({"balance", "name", "work.floor"})};
  BOOST_TEST(indexes_of(under).size() == 3U);
}

CAFES_STORE_TEST(a_view_that_is_there_gets_the_index_that_it_lacks,
                 postgresql) {
  {
    people_view before{under};
    before.put_numbered(100);
    BOOST_TEST(indexes_of(under).empty());
  }
  people_view view{under, people_view_with({"balance"})};
  BOOST_TEST(indexes_of(under).size() == 1U);
  BOOST_TEST((view.where({{"balance", equal, 42}}) == texts{"000042"}));
  view.put({{"new", {}}});
  BOOST_TEST((view.where({{"balance", less, 1}}) == texts{"000000", "new"}));
}

CAFES_STORE_TEST(a_view_that_is_made_anew_has_its_indexes_too, postgresql) {
  people_view view{under, people_view_with({"balance"})};
  must(must(under.store().open_view_operator())
         ->change(view.view, store::build_change::rebuild));
  BOOST_REQUIRE(must(view.writer->open_target()).has_value());
  BOOST_TEST(indexes_of(under, "view_people_1$2").size() == 1U);
}

CAFES_STORE_TEST(an_index_that_nobody_has_made_is_not_counted_on, postgresql) {
  constexpr auto last = static_cast<std::int64_t>(limits::query_scan_max);
  const auto wanted = people_view_with({"balance"});
  const auto reader = must(under.store().open_view_reader());
  const view_query asked{.select = {.where = {{"balance", equal, last}}}};
  {
    people_view view{under};
    view.put_numbered(static_cast<int>(last) + 1);
    const auto page = must(reader->query(wanted, asked));
    BOOST_TEST(page.documents.empty());
    BOOST_TEST((page.more_after == "009999"));
    BOOST_TEST(must(reader->total(wanted, asked.select, "")).documents == 1);
  }
  const people_view view{under, wanted};
  const auto page = must(reader->query(wanted, asked));
  BOOST_TEST(page.documents.size() == 1U);
  BOOST_TEST(!page.more_after.has_value());
}

CAFES_STORE_TEST(names_of_fields_that_begin_alike_have_indexes_of_their_own,
                 postgresql) {
  const std::string long_name(80, 'f');
  const store::view_identity view{"people",
                                  1,
                                  "{" + long_name + "a:int64," + long_name
                                    + "b:int64}",
                                  {long_name + "a", long_name + "b"}};
  BOOST_REQUIRE(
    must(must(under.store().open_view_writer(view))->claim()).has_value());
  BOOST_TEST(indexes_of(under).size() == 2U);
}

CAFES_STORE_TEST(a_text_of_any_length_can_be_indexed) {
  people_view view{under, people_view_with({"name"})};
  std::string text;
  while (text.size() < 500'000)
    text += std::to_string(text.size() * 7'919 % 1'000'003)
            + "\xf4\x8f\xbf\xbf";
  person one;
  one.name = text;
  view.put({{std::string(limits::key_bytes_max, 'k'), one}});
  BOOST_TEST(view.where({{"name", equal, text}}).size() == 1U);
  BOOST_TEST(view.where({{"name", equal, text + "x"}}).empty());
  BOOST_TEST(view.where({{"name", less, text + "x"}}).size() == 1U);
  BOOST_TEST(view.where({{"name", less, text}}).empty());
}

CAFES_STORE_TEST(indexed_fields_are_such_as_can_be_asked_for_each_once) {
  const auto refused = [&](errc code, std::vector<std::string> indexed,
                           const std::string& words) {
    const auto writer
      = under.store().open_view_writer(people_view_with(std::move(indexed)));
    if (writer)
      BOOST_TEST(fails_with(code, (*writer)->claim(), words));
    else
      BOOST_TEST(fails_with(code, writer, words));
  };
  for (const auto* bad : {"", "blance", "marks", "home", "height",
                          "balance'; DROP TABLE events; --"})
    refused(errc::invalid_argument, {bad}, "an index of projection people");
  refused(errc::invalid_argument, {"name", "balance", "name"},
          "field name indexed twice");
  std::vector<std::string> many{"name",      "balance",    "serial",
                                "is_open",   "limit",      "mood_now",
                                "home.town", "home.floor", "work.town"};
  refused(errc::limit_exceeded, many, "9 indexed fields");
  many.pop_back();
  const people_view view{under, people_view_with(many)};
  BOOST_TEST(view.where({{"name", equal, "ann"}}).empty());
}

} // namespace cafes::test
