// SPDX-License-Identifier: MIT
#include "actors/read/parked_message.hpp"

#include <cafes/limits.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(parked_message)

BOOST_AUTO_TEST_CASE(text_is_kept_as_it_is) {
  BOOST_TEST(actors::parked_message("") == "");
  BOOST_TEST(actors::parked_message("no Geld für 'it' €𝄞")
             == "no Geld für 'it' €𝄞");
}

BOOST_AUTO_TEST_CASE(what_no_store_keeps_becomes_a_question_mark) {
  using namespace std::string_literals;
  BOOST_TEST(actors::parked_message("a\0b"s) == "a?b");
  BOOST_TEST(actors::parked_message("\xFF\xC3") == "??");
  BOOST_TEST(actors::parked_message("\xC3(ü") == "?(ü");
}

BOOST_AUTO_TEST_CASE(it_is_cut_between_characters) {
  const std::string bound(limits::parked_message_bytes_max, 'x');
  BOOST_TEST(actors::parked_message(bound) == bound);
  BOOST_TEST(actors::parked_message(bound + "y") == bound);
  const auto shorter = bound.substr(1);
  BOOST_TEST(actors::parked_message(shorter + "ü") == shorter);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
