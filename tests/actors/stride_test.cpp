// SPDX-License-Identifier: MIT
#include "actors/read/stride.hpp"

#include <boost/test/unit_test.hpp>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(stride)

using actors::stride;

BOOST_AUTO_TEST_CASE(it_doubles_up_to_its_bound) {
  stride taken;
  for (const std::size_t pages : {1, 2, 4, 8, 16, 32, 32}) {
    BOOST_TEST(taken.pages() == pages);
    taken.committed(1'000);
  }
}

BOOST_AUTO_TEST_CASE(many_bytes_keep_it_short) {
  stride taken;
  taken.committed(stride::bytes_max / 2);
  BOOST_TEST(taken.pages() == 2U);
  taken.committed(stride::bytes_max / 2 + 1); // twice as much would be too much
  BOOST_TEST(taken.pages() == 2U);
  taken.committed(stride::bytes_max);
  BOOST_TEST(taken.pages() == 2U);
  taken.committed(stride::bytes_max + 1);
  taken.committed(stride::bytes_max + 1);
  BOOST_TEST(taken.pages() == 1U);
}

BOOST_AUTO_TEST_CASE(it_begins_again_where_something_went_wrong) {
  stride taken;
  for (int n = 0; n < 9; ++n)
    taken.committed(0);
  taken.stumbled();
  BOOST_TEST(taken.pages() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
