// SPDX-License-Identifier: MIT
#include "tests/support/people_view.hpp"
#include "tests/support/printing.hpp"

#include <cafes/limits.hpp>

#include <boost/test/unit_test.hpp>

#include <limits>

namespace cafes::test {

namespace {

using texts = std::vector<std::string>;
using enum comparison;

constexpr auto least = std::numeric_limits<std::int64_t>::min();
constexpr auto most = std::numeric_limits<std::int64_t>::max();
/// The first whole number that a double cannot tell from the next.
constexpr std::int64_t rounded = std::int64_t{1} << 53;

/// A person for each value, under the keys "a", "b", "c" and so on.
template <class Value>
people with(Value person::*field, const std::vector<Value>& values) {
  people made;
  std::string key = "a";
  for (const auto& value : values) {
    made[key].*field = value;
    ++key.front();
  }
  return made;
}

} // namespace

CAFES_STORE_TEST(whole_numbers_are_compared_exactly_in_all_six_ways) {
  people_view view{under};
  view.put(with(&person::balance, {least, std::int64_t{-1}, std::int64_t{0},
                                   rounded, rounded + 1, most}));
  BOOST_TEST((view.where({{"balance", equal, rounded}}) == texts{"d"}));
  BOOST_TEST((view.where({{"balance", not_equal, rounded + 1}})
              == texts{"a", "b", "c", "d", "f"}));
  BOOST_TEST((view.where({{"balance", less, 0}}) == texts{"a", "b"}));
  BOOST_TEST(
    (view.where({{"balance", less_equal, 0}}) == texts{"a", "b", "c"}));
  BOOST_TEST((view.where({{"balance", greater, rounded}}) == texts{"e", "f"}));
  BOOST_TEST(
    (view.where({{"balance", greater_equal, rounded + 1}}) == texts{"e", "f"}));
  BOOST_TEST((view.where({{"balance", equal, least}}) == texts{"a"}));
  BOOST_TEST((view.where({{"balance", greater, most}}).empty()));
}

CAFES_STORE_TEST(natural_numbers_beyond_63_bits_are_greater_than_any_asked) {
  people_view view{under};
  constexpr auto greatest = std::numeric_limits<std::uint64_t>::max();
  view.put(with(&person::serial, {std::uint64_t{0}, std::uint64_t{most},
                                  std::uint64_t{most} + 1, greatest}));
  BOOST_TEST((view.where({{"serial", greater, most}}) == texts{"c", "d"}));
  BOOST_TEST((view.where({{"serial", equal, most}}) == texts{"b"}));
  BOOST_TEST(view.where({{"serial", greater, -1}}).size() == 4U);
  BOOST_TEST(view.where({{"serial", less_equal, -1}}).empty());
}

CAFES_STORE_TEST(texts_are_compared_by_their_bytes) {
  people_view view{under};
  view.put(with<std::string>(&person::name, {"", "B", "a", "a'", "\xc3\xa4",
                                             "\xf0\x9f\x90\x98"}));
  BOOST_TEST((view.where({{"name", less, "a"}}) == texts{"a", "b"}));
  BOOST_TEST((view.where({{"name", less_equal, "a"}}) == texts{"a", "b", "c"}));
  BOOST_TEST((view.where({{"name", greater, "a'"}}) == texts{"e", "f"}));
  BOOST_TEST((view.where({{"name", equal, ""}}) == texts{"a"}));
  BOOST_TEST((view.where({{"name", equal, "a'"}}) == texts{"d"}));
  BOOST_TEST((view.where({{"name", not_equal, "\xc3\xa4"}}).size() == 5U));
}

CAFES_STORE_TEST(bools_are_equal_or_not) {
  people_view view{under};
  view.put(with(&person::is_open, {true, false}));
  BOOST_TEST((view.where({{"is_open", equal, true}}) == texts{"a"}));
  BOOST_TEST((view.where({{"is_open", not_equal, true}}) == texts{"b"}));
}

CAFES_STORE_TEST(an_enumeration_is_compared_by_its_number) {
  people_view view{under};
  using mood = person::mood;
  view.put(with(&person::mood_now, {mood::bad, mood::fair, mood::good}));
  BOOST_TEST((view.where({{"mood_now", greater, 0}}) == texts{"b", "c"}));
}

CAFES_STORE_TEST(a_null_meets_no_condition) {
  people_view view{under};
  view.put(with<std::optional<std::int64_t>>(&person::limit, {{}, 0, 7}));
  BOOST_TEST((view.where({{"limit", not_equal, 7}}) == texts{"b"}));
  BOOST_TEST((view.where({{"limit", equal, 0}}) == texts{"b"}));
  BOOST_TEST((view.where({{"limit", less_equal, most}}) == texts{"b", "c"}));
}

CAFES_STORE_TEST(fields_of_records_are_found_by_their_path) {
  people_view view{under};
  people some;
  some["a"].home = {"Ghent", 3};
  some["b"].home = {"Bruges", 1};
  some["b"].work = person::place{"Ghent", 8};
  view.put(some);
  BOOST_TEST((view.where({{"home.town", equal, "Ghent"}}) == texts{"a"}));
  BOOST_TEST((view.where({{"home.floor", less, 3}}) == texts{"b"}));
  BOOST_TEST((view.where({{"work.floor", greater, 0}}) == texts{"b"}));
  BOOST_TEST((view.where({{"work.town", not_equal, "Bruges"}}) == texts{"b"}));
}

CAFES_STORE_TEST(all_conditions_have_to_hold) {
  people_view view{under, people_view_with({"is_open", "balance"})};
  view.put_numbered(10);
  BOOST_TEST((view.where({{"balance", greater, 2},
                          {"balance", less, 6},
                          {"balance", not_equal, 4},
                          {"is_open", equal, false}})
              == texts{"000003", "000005"}));
  BOOST_TEST((view.where({{"balance", greater, 2}, {"balance", less, 6}})
              == texts{"000003", "000004", "000005"}));
}

CAFES_STORE_TEST(eight_conditions_are_taken_and_not_one_more) {
  people_view view{under};
  view.put_numbered(3);
  std::vector<condition> many(limits::query_conditions_max,
                              {"balance", not_equal, 1});
  BOOST_TEST((view.where(many) == texts{"000000", "000002"}));
  many.push_back(many.front());
  BOOST_TEST(
    fails_with(errc::limit_exceeded, view.query({.select = {.where = many}})));
  BOOST_TEST(fails_with(errc::limit_exceeded, view.total({.where = many})));
}

CAFES_STORE_TEST(a_field_that_is_not_there_is_refused_with_those_that_are) {
  people_view view{under};
  view.put_numbered(1);
  const auto refused = [&](const std::string& field) {
    const view_selection selected{.where = {{field, equal, 1}}};
    const std::string words
      = "cannot be asked for; these can: name, balance, serial, is_open, "
        "limit, mood_now, home.town, home.floor, work.town, work.floor";
    BOOST_TEST(fails_with(errc::invalid_argument,
                          view.query({.select = selected}), words),
               field);
    BOOST_TEST(fails_with(errc::invalid_argument, view.total(selected), words));
    BOOST_TEST(
      fails_with(errc::invalid_argument, view.total({}, field + ' '), words));
  };
  for (const auto* field :
       {"", "blance", "Balance", "home", "home.", ".home", "home.balance",
        "work.town.x", "height", "marks", "marks.0", "key", "data", "balance "})
    refused(field);
  for (const auto* hostile :
       {"balance'; DROP TABLE events; --", "balance')::bigint = 1 OR true --",
        "\"balance\"", "balance\\", "$1", "balance->>'x'", ":where",
        "\xff\xfe"})
    refused(hostile);
  refused(std::string{"balance\0", 8});
  BOOST_TEST(view.where({{"balance", equal, 0}}).size() == 1U);
}

CAFES_STORE_TEST(a_value_of_another_type_is_refused) {
  people_view view{under};
  const auto refused = [&](const condition& asked, const std::string& words) {
    BOOST_TEST(fails_with(errc::invalid_argument,
                          view.query({.select = {.where = {asked}}}), words));
  };
  refused({"balance", equal, "1"}, "balance is compared with a whole number");
  refused({"balance", equal, true}, "balance is compared with a whole number");
  refused({"serial", equal, "1"}, "serial is compared with a whole number");
  refused({"name", equal, 1}, "name is compared with a text");
  refused({"is_open", equal, 1}, "is_open is compared with true or false");
  for (const auto order : {less, less_equal, greater, greater_equal})
    refused({"is_open", order, true}, "only equal or not");
}

CAFES_STORE_TEST(a_text_is_a_value_whatever_is_in_it) {
  people_view view{under};
  const texts hostile{"'; DROP TABLE events; --",
                      "' OR '1'='1",
                      "$1",
                      "\\",
                      "\"",
                      "{}",
                      "NULL",
                      "%",
                      ":where",
                      "\n"};
  view.put(with(&person::name, hostile));
  for (const auto& text : hostile) {
    const auto found = view.where({{"name", equal, text}});
    BOOST_TEST(found.size() == 1U, text);
  }
  for (const auto& bad : {std::string{"\xff"}, std::string{"a\0b", 3}})
    BOOST_TEST(fails_with(
      errc::invalid_argument,
      view.query({.select = {.where = {{"name", equal, bad}}}}), "name"));
  const std::string longest(limits::payload_bytes_max, 'x');
  BOOST_TEST(view.where({{"name", equal, longest}}).empty());
  BOOST_TEST(fails_with(
    errc::limit_exceeded,
    view.query({.select = {.where = {{"name", equal, longest + "x"}}}})));
}

CAFES_STORE_TEST(a_view_of_another_shape_is_not_asked) {
  const people_view view{under};
  auto other = view.view;
  other.shape = "{balance:int64,name:string,more:bool}";
  BOOST_TEST(
    fails_with(errc::incompatible_schema, view.reader->query(other, {})));
  BOOST_TEST(fails_with(errc::incompatible_schema,
                        view.reader->total(other, {}, "balance")));
}

CAFES_STORE_TEST(a_view_that_nobody_has_made_cannot_be_asked) {
  const auto reader = must(under.store().open_view_reader());
  const auto nobody = people_view_with({"balance"});
  const view_selection selected{.where = {{"balance", less, 1}}};
  BOOST_TEST(fails_with(errc::invalid_argument,
                        reader->query(nobody, {.select = selected}),
                        "there is no view people v1"));
  BOOST_TEST(fails_with(errc::invalid_argument, reader->total(nobody, {}, ""),
                        "there is no view people v1"));
}

CAFES_STORE_TEST(a_document_that_is_not_of_its_shape_is_corrupt) {
  people_view view{under};
  const std::vector<store::keyed_document> changed{
    {"a", R"({"balance":"much"})"}};
  must(view.writer->commit({view.at, view.at.next(), changed, {}, {}}));
  const view_selection selected{.where = {{"balance", less, 1}}};
  BOOST_TEST(fails_with(errc::corrupt, view.query({.select = selected})));
  BOOST_TEST(fails_with(errc::corrupt, view.total(selected)));
  BOOST_TEST(fails_with(errc::corrupt, view.total({}, "balance")));
  BOOST_TEST((view.keys({}) == texts{"a"}));
}

} // namespace cafes::test
