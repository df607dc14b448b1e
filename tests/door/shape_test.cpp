// SPDX-License-Identifier: MIT
#include "tests/door/records.hpp"

#include "domain/account.hpp"

#include <cafes/detail/shape.hpp>

#include <boost/test/unit_test.hpp>

// Shapes are stored beside event types and views: these texts must not change.

namespace cafes::test {

using detail::shape_of;

BOOST_AUTO_TEST_SUITE(shape)

namespace {

struct of_27 {
  bool a = false, b = false, c = false, d = false, e = false, f = false,
       g = false, h = false, i = false, j = false, k = false, l = false,
       m = false, n = false, o = false, p = false, q = false, r = false,
       s = false, t = false, u = false, v = false, w = false, x = false,
       y = false, z = false, last = false;
  CAFES_FIELDS(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v,
               w, x, y, z, last)
};

} // namespace

BOOST_AUTO_TEST_CASE(numbers_are_called_by_kind_and_bits) {
  BOOST_TEST(shape_of<numbers>()
             == "{tiny:int8,byte:uint8,small:int16,medium:int32,"
                "natural:uint32,large:int64,largest:uint64,single:float32,"
                "real:float64}");
  BOOST_TEST(shape_of<bool>() == "bool");
}

BOOST_AUTO_TEST_CASE(nested_shapes_are_written_out) {
  BOOST_TEST(shape_of<drawing>()
             == "{visible:bool,ink:enum:uint8,scale:float64,corner:[int64;3],"
                "lines:[{text:string,at:{x:int64,y:int64}?,tags:[string]}]}");
}

BOOST_AUTO_TEST_CASE(no_fields_are_an_empty_shape) {
  BOOST_TEST(shape_of<nothing>() == "{}");
}

BOOST_AUTO_TEST_CASE(money_has_the_shape_of_what_is_stored) {
  BOOST_TEST(shape_of<bank::cents>() == "int64");
}

BOOST_AUTO_TEST_CASE(a_struct_has_up_to_27_fields) {
  BOOST_TEST(of_27::cafes_names().size() == 27);
  BOOST_TEST(of_27::cafes_names().back() == "last");
  of_27 value;
  value.last = true;
  BOOST_TEST((decode<of_27>(encode(value).value()) == value));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
