// SPDX-License-Identifier: MIT
#include "tests/door/records.hpp"
#include "tests/support/printing.hpp"

#include <cafes/limits.hpp>

#include <boost/test/unit_test.hpp>

#include <limits>

// What cannot be stored or read is refused, with the path of the field.

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(codec_refusal)

namespace {

using namespace std::string_literals;

struct level {
  std::vector<level> below;
  CAFES_FIELDS(below)
};

/// Each level of `level` is an object and an array.
level nested(int levels) {
  level top;
  for (int n = 1; n < levels; ++n) {
    level above;
    above.below.push_back(std::move(top));
    top = std::move(above);
  }
  return top;
}

/// A text that is so many bytes long as JSON.
one_text text_of(std::size_t bytes) {
  return {std::string(bytes - R"({"text":""})"s.size(), 'x')};
}

template <class Value>
void check_refused(std::string_view text, const std::string& words) {
  BOOST_TEST_CONTEXT("text " << text)
  BOOST_TEST(fails_with(errc::invalid_argument, decode<Value>(text), words));
}

} // namespace

BOOST_AUTO_TEST_CASE(a_missing_field_is_named) {
  check_refused<point>(R"({"x":1})", "field y is missing");
  check_refused<line>(R"({"text":"","at":{"y":1},"tags":[]})",
                      "field at.x is missing");
  check_refused<line>(R"({"text":"","tags":[]})", "field at is missing");
}

BOOST_AUTO_TEST_CASE(a_field_of_another_kind_is_named) {
  check_refused<point>(R"({"x":"1","y":2})",
                       "field x should be a whole number within 64 bits, is a "
                       "string");
  check_refused<point>(R"({"x":null,"y":2})", "field x");
  check_refused<point>(R"({"x":1.5,"y":2})", "field x");
  check_refused<one_text>(R"({"text":[]})",
                          "field text should be a string, is an array");
  check_refused<drawing>(R"({"visible":1})",
                         "field visible should be true or false, is a number");
}

BOOST_AUTO_TEST_CASE(an_element_is_named_by_its_place) {
  check_refused<line>(R"({"text":"","at":null,"tags":["a",2]})",
                      "field tags[1] should be a string, is a number");
  check_refused<drawing>(
    R"({"visible":true,"ink":0,"scale":1,"corner":[1,2,3],)"
    R"("lines":[{"text":"","at":null,"tags":[]},)"
    R"({"text":"","at":{"x":1,"y":"2"},"tags":[]}]})",
    "field lines[1].at.y should be");
}

BOOST_AUTO_TEST_CASE(a_list_that_is_none_is_named) {
  check_refused<line>(R"({"text":"","at":null,"tags":{}})",
                      "field tags should be an array, is an object");
  check_refused<line>(R"({"text":"","at":null,"tags":"a"})", "field tags");
}

BOOST_AUTO_TEST_CASE(a_struct_that_is_none_is_named) {
  check_refused<line>(R"({"text":"","at":[1,2],"tags":[]})",
                      "field at should be an object, is an array");
  check_refused<line>(R"({"text":"","at":1,"tags":[]})", "field at");
  check_refused<point>("[1,2]", "the value should be an object, is an array");
  check_refused<point>("7", "the value");
}

BOOST_AUTO_TEST_CASE(an_array_of_another_size_is_named) {
  for (const auto* corner : {"[1,2]", "[1,2,3,4]", "[]"})
    check_refused<drawing>(R"({"visible":true,"ink":0,"scale":1,"corner":)"s
                             + corner + "}",
                           "field corner should have 3 elements");
}

BOOST_AUTO_TEST_CASE(a_number_that_its_field_cannot_hold_is_named) {
  const auto with = [](const std::string& name, const std::string& number) {
    auto text = must(encode(numbers{}));
    const auto at = text.find("\"" + name + "\":") + name.size() + 3;
    return text.replace(at, text.find_first_of(",}", at) - at, number);
  };
  for (const auto& [name, number] : {std::pair{"tiny", "128"},
                                     {"tiny", "-129"},
                                     {"byte", "256"},
                                     {"byte", "-1"},
                                     {"small", "32768"},
                                     {"medium", "2147483648"},
                                     {"natural", "4294967296"},
                                     {"natural", "-1"},
                                     {"large", "9223372036854775808"},
                                     {"large", "-9223372036854775809"},
                                     {"largest", "18446744073709551616"},
                                     {"largest", "-1"},
                                     {"single", "1e39"},
                                     {"single", "-1e39"}})
    check_refused<numbers>(with(name, number), "field "s + name + " ");
  check_refused<numbers>(with("real", "1e400"), "");
}

BOOST_AUTO_TEST_CASE(text_that_is_not_json_is_refused_with_the_byte) {
  for (const auto* text : {"", "{", R"({"x":1,})", R"({"x":1 "y":2})", "nul",
                           R"({"x":1,"y":2}})", "{'x':1}", R"({"x":01,"y":2})"})
    check_refused<point>(text, "not JSON at byte");
}

BOOST_AUTO_TEST_CASE(text_that_no_backend_keeps_is_not_read) {
  for (const auto& text : {"\"\xff\""s, "\"\xed\xa0\x80\""s, R"("\ud83d")"s,
                           R"("\ude00")"s, R"("a\u0000b")"s, "\"a\0b\""s})
    BOOST_TEST(fails_with(errc::invalid_argument, decode<std::string>(text)));
  check_refused<one_text>(R"({"text":"\u0000"})", "field text holds a NUL");
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_text_are_found_wherever_they_stand) {
  for (std::size_t at = 0; at < 40; ++at)
    for (const auto& wrong : {"\x80"s, "\xff"s, "\0"s}) {
      std::string text(40, 'x');
      text.replace(at, 1, wrong);
      check_refused<one_text>(R"({"text":")" + text + R"("})", "");
      check_refused<one_text>(R"({"text":"","of nobody":")" + text + R"("})",
                              "");
      check_refused<one_text>(R"({"text":"",")" + text + R"(":1})", "");
      text.replace(at, 1, "\xc3\xa9");
      BOOST_TEST(must(decode<one_text>(R"({"text":")" + text + R"("})")).text
                 == text);
    }
}

BOOST_AUTO_TEST_CASE(what_was_refused_leaves_nothing_for_the_next_text) {
  const std::string large(100'000, 'x');
  for (int n = 0; n < 3; ++n) {
    check_refused<line>(R"({"text":"","at":{"x":1},"tags":["a"]})", "at.y");
    check_refused<one_text>(R"({"text":")" + large, "not JSON");
    BOOST_TEST(must(decode<one_text>(R"({"text":")" + large + R"("})")).text
               == large);
    BOOST_TEST(must(decode<one_text>(R"({"text":"a"})")).text == "a");
    check_refused<one_text>("{}", "field text is missing");
  }
}

BOOST_AUTO_TEST_CASE(text_that_no_backend_keeps_is_not_written) {
  for (const auto& text : {"\xff"s, "\xc3"s, "\xed\xa0\x80"s, "a\0b"s})
    BOOST_TEST(fails_with(errc::invalid_argument, encode(one_text{text})));
}

BOOST_AUTO_TEST_CASE(numbers_that_are_not_finite_are_not_written) {
  for (const auto number : {std::numeric_limits<double>::quiet_NaN(),
                            std::numeric_limits<double>::infinity(),
                            -std::numeric_limits<double>::infinity()})
    BOOST_TEST(
      fails_with(errc::invalid_argument, encode(number), "not finite"));
}

BOOST_AUTO_TEST_CASE(a_value_of_1_mib_is_written_and_one_byte_more_refused) {
  const auto largest = encode(text_of(limits::payload_bytes_max));
  BOOST_REQUIRE(largest);
  BOOST_TEST(largest->size() == limits::payload_bytes_max);
  BOOST_TEST((must(decode<one_text>(*largest)).text.size() > 1'000'000));
  BOOST_TEST(fails_with(errc::limit_exceeded,
                        encode(text_of(limits::payload_bytes_max + 1)),
                        "1 MiB"));
  BOOST_TEST(fails_with(errc::limit_exceeded, decode<one_text>(*largest + " "),
                        "1 MiB"));
}

BOOST_AUTO_TEST_CASE(a_value_that_grows_over_1_mib_by_escapes_is_refused) {
  BOOST_TEST(
    fails_with(errc::limit_exceeded, encode(std::string(200'000, '\x01'))));
}

BOOST_AUTO_TEST_CASE(a_value_64_levels_deep_is_written_and_one_more_refused) {
  const auto deepest = encode(nested(limits::payload_depth_max / 2));
  BOOST_REQUIRE(deepest);
  BOOST_TEST(
    (must(decode<level>(*deepest)) == nested(limits::payload_depth_max / 2)));
  BOOST_TEST(fails_with(errc::limit_exceeded,
                        encode(nested(limits::payload_depth_max / 2 + 1)),
                        "64 levels"));
}

BOOST_AUTO_TEST_CASE(text_nested_deeper_than_64_levels_is_not_read) {
  const auto text = [](std::size_t depth) {
    return R"({"x":1,"y":2,"z":)" + std::string(depth - 1, '[')
           + std::string(depth - 1, ']') + "}";
  };
  must(decode<point>(text(limits::payload_depth_max)));
  must(decode<point>(R"({"x":1,"y":2,"wide":["[[[[)" + std::string(400, '[')
                     + R"(",[],{},[]]})"));
  for (const auto depth : {limits::payload_depth_max + 1, std::size_t{400'000}})
    BOOST_TEST(fails_with(errc::limit_exceeded, decode<point>(text(depth)),
                          "64 levels"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
