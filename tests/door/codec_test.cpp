// SPDX-License-Identifier: MIT
#include "tests/door/records.hpp"
#include "tests/support/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>

// The JSON text of values is stored for ever: these texts must not change.

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(codec)

namespace {

template <class Value>
void check_text(const Value& value, std::string_view text) {
  BOOST_TEST(must(encode(value)) == text);
  BOOST_TEST((must(decode<Value>(text)) == value));
}

} // namespace

BOOST_AUTO_TEST_CASE(fields_become_members_in_their_order) {
  check_text(point{1, -2}, R"({"x":1,"y":-2})");
}

BOOST_AUTO_TEST_CASE(a_struct_without_fields_becomes_an_empty_object) {
  check_text(nothing{}, "{}");
}

BOOST_AUTO_TEST_CASE(nested_values_become_nested_text) {
  check_text(drawing{true,
                     colour::green,
                     0.5,
                     {1, 2, 3},
                     {{"a", point{4, 5}, {"b", "c"}}, {}}},
             R"({"visible":true,"ink":7,"scale":0.5,"corner":[1,2,3],)"
             R"("lines":[{"text":"a","at":{"x":4,"y":5},"tags":["b","c"]},)"
             R"({"text":"","at":null,"tags":[]}]})");
}

BOOST_AUTO_TEST_CASE(a_value_need_not_be_a_struct) {
  check_text(std::string{"a"}, R"("a")");
  check_text(std::int64_t{-1}, "-1");
  check_text(true, "true");
  check_text(std::vector<std::int64_t>{1, 2}, "[1,2]");
  check_text(std::optional<std::int64_t>{}, "null");
  check_text(std::vector<std::vector<bool>>{{true}, {}}, "[[true],[]]");
}

BOOST_AUTO_TEST_CASE(numbers_keep_their_bounds) {
  check_text(numbers{-128, 255, -32768, -2147483647 - 1, 4294967295,
                     std::numeric_limits<std::int64_t>::min(),
                     std::numeric_limits<std::uint64_t>::max(), 0.5F, 1e22},
             R"({"tiny":-128,"byte":255,"small":-32768,"medium":-2147483648,)"
             R"("natural":4294967295,"large":-9223372036854775808,)"
             R"("largest":18446744073709551615,"single":0.5,"real":1e22})");
}

BOOST_AUTO_TEST_CASE(special_characters_are_escaped_as_json_wants_it) {
  check_text(one_text{"\"\\/\b\f\n\r\t\x01\x7f"},
             "{\"text\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\x7f\"}");
}

BOOST_AUTO_TEST_CASE(letters_beyond_ascii_stay_themselves) {
  check_text(one_text{"\xc3\xa9\xf0\x9f\x90\x98"},
             "{\"text\":\"\xc3\xa9\xf0\x9f\x90\x98\"}");
}

BOOST_AUTO_TEST_CASE(escaped_code_points_are_read) {
  BOOST_TEST(must(decode<std::string>(R"("\u00e9\ud83d\ude00")"))
             == "\xc3\xa9\xf0\x9f\x98\x80");
}

BOOST_AUTO_TEST_CASE(members_are_read_in_any_order) {
  BOOST_TEST((must(decode<point>(R"({"y":2,"x":1})")) == point{1, 2}));
}

BOOST_AUTO_TEST_CASE(blanks_between_values_are_nothing) {
  BOOST_TEST(
    (must(decode<point>(" {\n\t\"x\" : 1 , \"y\" : 2 } \r\n")) == point{1, 2}));
}

BOOST_AUTO_TEST_CASE(unknown_members_are_ignored_or_refused_as_asked) {
  const auto* text = R"({"x":1,"z":0,"y":2})";
  BOOST_TEST((must(decode<point>(text)) == point{1, 2}));
  BOOST_TEST(fails_with(errc::invalid_argument,
                        decode<point>(text, unknown_fields::refused),
                        "field z is not known"));
  BOOST_TEST(
    fails_with(errc::invalid_argument,
               decode<line>(R"({"text":"","at":{"x":1,"y":2,"z":3},"tags":[]})",
                            unknown_fields::refused),
               "field at.z"));
}

BOOST_AUTO_TEST_CASE(a_member_given_twice_is_refused_where_unknown_ones_are) {
  BOOST_TEST(
    fails_with(errc::invalid_argument,
               decode<point>(R"({"x":1,"x":2,"y":2})", unknown_fields::refused),
               "field x"));
}

BOOST_AUTO_TEST_CASE(what_jsonb_makes_of_the_greatest_double_is_read) {
  const auto greatest = std::numeric_limits<double>::max();
  BOOST_TEST(must(decode<double>("17976931348623157" + std::string(292, '0')))
             == greatest);
  BOOST_TEST(must(decode<double>(must(encode(greatest)))) == greatest);
}

BOOST_AUTO_TEST_CASE(whole_numbers_pass_for_real_ones) {
  BOOST_TEST(must(decode<double>("3")) == 3.0);
  BOOST_TEST(must(decode<double>("18446744073709551616")) == 0x1p64);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
