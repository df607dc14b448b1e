// SPDX-License-Identifier: MIT
#include "tests/support/printing.hpp"

#include "domain/balances.hpp"
#include "domain/daily_totals.hpp"

#include <cafes/detail/document_field.hpp>
#include <cafes/detail/shape.hpp>

#include <boost/test/unit_test.hpp>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(document_field)

namespace {

using detail::field_kind;
using detail::find_field;

field_kind kind_of(const std::string& shape, const std::string& name) {
  return must(find_field(shape, name)).kind;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_kind_of_a_field_is_that_of_its_shape) {
  const std::string shape
    = "{a:bool,b:int8,c:uint32,d:int64,e:uint64,f:string,g:enum:int32,"
      "h:enum:uint64,i:string?,j:int64??}";
  BOOST_TEST((kind_of(shape, "a") == field_kind::boolean));
  for (const auto* whole : {"b", "c", "d", "g", "j"})
    BOOST_TEST((kind_of(shape, whole) == field_kind::whole), whole);
  for (const auto* natural : {"e", "h"})
    BOOST_TEST((kind_of(shape, natural) == field_kind::natural), natural);
  for (const auto* text : {"f", "i"})
    BOOST_TEST((kind_of(shape, text) == field_kind::text), text);
}

BOOST_AUTO_TEST_CASE(strong_types_are_what_they_are_stored_as) {
  const auto shape = detail::shape_of<bank::balances::document>();
  BOOST_TEST((kind_of(shape, "balance") == field_kind::whole));
}

BOOST_AUTO_TEST_CASE(a_path_leads_into_records_and_not_into_lists) {
  const auto shape = detail::shape_of<bank::daily_totals::document>();
  const auto found = must(find_field(shape, "total.deposited"));
  BOOST_TEST(found.path == (std::vector<std::string>{"total", "deposited"}),
             boost::test_tools::per_element());
  BOOST_TEST(name_of(found) == "total.deposited");
  BOOST_TEST(fails_with(
    errc::invalid_argument, find_field(shape, "days"),
    "field \"days\" cannot be asked for; these can: account, month, "
    "total.deposits, total.deposited, total.withdrawals, total.withdrawn"));
}

BOOST_AUTO_TEST_CASE(what_is_no_record_has_no_fields) {
  for (const auto* shape : {"", "{}", "int64", "[int64]", "{", "{n", "{n}"})
    BOOST_TEST(fails_with(errc::invalid_argument, find_field(shape, "n"),
                          "these can: none"),
               shape);
}

BOOST_AUTO_TEST_CASE(a_name_that_is_no_plain_one_cannot_be_asked_for) {
  BOOST_TEST(fails_with(
    errc::invalid_argument,
    find_field("{a b:int64,'x:int64,1a:bool,_:bool}", "a b"), "these can: _"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
