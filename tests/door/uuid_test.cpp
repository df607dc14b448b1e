// SPDX-License-Identifier: MIT
#include <cafes/uuid.hpp>

#include "tests/support/printing.hpp"

#include <boost/test/unit_test.hpp>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(uuids)

namespace {

// RFC 4122, appendix C.
const uuid dns = *parse_uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
const uuid url = *parse_uuid("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

} // namespace

BOOST_AUTO_TEST_CASE(name_ids_are_those_of_everybody_else) {
  // RFC 9562, appendix A.4; the others by Python's uuid.uuid5.
  BOOST_TEST(to_string(name_uuid(dns, "www.example.com"))
             == "2ed6657d-e927-568b-95e1-2665a8aea6a2");
  BOOST_TEST(to_string(name_uuid(dns, "python.org"))
             == "886313e1-3b8a-5372-9b90-0c9aee199e5d");
  BOOST_TEST(to_string(name_uuid(url, ""))
             == "1b4db7eb-4057-5ddf-91e0-36dec72071f5");
  BOOST_TEST(to_string(name_uuid(uuid{}, "cafes"))
             == "19678dd0-1ef3-57ee-a9fe-f0284b6142ad");
}

BOOST_AUTO_TEST_CASE(name_ids_differ_by_name_and_name_space) {
  BOOST_TEST(name_uuid(dns, "a") == name_uuid(dns, "a"));
  BOOST_TEST(name_uuid(dns, "a") != name_uuid(dns, "b"));
  BOOST_TEST(name_uuid(dns, "a") != name_uuid(url, "a"));
}

BOOST_AUTO_TEST_CASE(random_ids_are_version_4_and_differ) {
  const auto first = to_string(random_uuid());
  BOOST_TEST(first[14] == '4');
  BOOST_TEST(std::string{"89ab"}.find(first[19]) != std::string::npos);
  BOOST_TEST(first != to_string(random_uuid()));
}

BOOST_AUTO_TEST_CASE(the_nil_id_is_none) {
  BOOST_TEST(uuid{}.is_nil());
  BOOST_TEST(to_string(uuid{}) == "00000000-0000-0000-0000-000000000000");
  BOOST_TEST(!random_uuid().is_nil());
}

BOOST_AUTO_TEST_CASE(ids_are_read_in_either_case_and_written_in_lower) {
  const auto id = must(parse_uuid("0F8FAD5B-D9CB-469F-a165-70867728950e"));
  BOOST_TEST(to_string(id) == "0f8fad5b-d9cb-469f-a165-70867728950e");
  BOOST_TEST(id.bytes[0] == 0x0f);
  BOOST_TEST(id.bytes[15] == 0x0e);
}

BOOST_AUTO_TEST_CASE(what_is_no_id_is_refused) {
  for (const auto* text : {"", "42", "0f8fad5bd9cb469fa16570867728950e",
                           "{0f8fad5b-d9cb-469f-a165-70867728950e}",
                           "0f8fad5b-d9cb-469f-a165-70867728950",
                           "0f8fad5b-d9cb-469f-a165-70867728950ef",
                           "0f8fad5b-d9cb-469f-a165-70867728950g",
                           "0f8fad5b-d9cb-469f-a165_70867728950e",
                           "0f8fad5bd9cb469fa16570867728950e----",
                           "{0f8fad5bd9cb469fa16570867728950e}  ",
                           "0f8fad5bd-9cb-469f-a165-70867728950e"})
    BOOST_TEST(fails_with(errc::invalid_argument, parse_uuid(text)),
               text << " is taken for an id");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
