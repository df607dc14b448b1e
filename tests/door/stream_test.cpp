// SPDX-License-Identifier: MIT
#include <cafes/stream.hpp>

#include "tests/support/printing.hpp"

#include <cafes/limits.hpp>

#include <boost/test/unit_test.hpp>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(stream_names)

using namespace std::string_literals;

BOOST_AUTO_TEST_CASE(a_name_is_category_and_key) {
  const auto name = must(parse_stream_name("account-42"));
  BOOST_TEST(name.category == "account");
  BOOST_TEST(name.key == "42");
  BOOST_TEST(to_string(name) == "account-42");
}

BOOST_AUTO_TEST_CASE(the_first_dash_ends_the_category) {
  const auto name = must(parse_stream_name("bank_account2--a-b-"));
  BOOST_TEST(name.category == "bank_account2");
  BOOST_TEST(name.key == "-a-b-");
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back) {
  for (const auto* key : {" ", "\n", "\\", "'", "\xf0\x9f\x90\x98", "a/b?c"}) {
    const auto name = must(make_stream_name("account", key));
    BOOST_TEST(must(parse_stream_name(to_string(name))) == name);
  }
}

BOOST_AUTO_TEST_CASE(a_name_without_a_dash_is_refused) {
  for (const auto* text : {"", "account", "account42"})
    BOOST_TEST(fails_with(errc::invalid_argument, parse_stream_name(text),
                          "category-key"));
}

BOOST_AUTO_TEST_CASE(a_category_is_a_lower_case_word) {
  for (const auto* category :
       {"", "Account", "1account", "_account", "acc ount", "acc\xc3\xb6unt"})
    BOOST_TEST(fails_with(errc::invalid_argument,
                          make_stream_name(category, "1"), "category"));
}

BOOST_AUTO_TEST_CASE(a_key_is_valid_text) {
  for (const auto& key : {""s, "\xff"s, "\xc3"s, "\xed\xa0\x80"s, "a\0"s})
    BOOST_TEST(fails_with(errc::invalid_argument,
                          make_stream_name("account", key), "key"));
}

BOOST_AUTO_TEST_CASE(a_category_has_up_to_64_bytes) {
  const std::string longest(limits::category_bytes_max, 'c');
  must(make_stream_name(longest, "1"));
  BOOST_TEST(
    fails_with(errc::limit_exceeded, make_stream_name(longest + "c", "1")));
}

BOOST_AUTO_TEST_CASE(a_key_has_up_to_255_bytes) {
  const std::string longest(limits::key_bytes_max, 'k');
  must(make_stream_name("account", longest));
  BOOST_TEST(fails_with(errc::limit_exceeded,
                        make_stream_name("account", longest + "k")));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
