// SPDX-License-Identifier: MIT
#include "actors/read/batch_ring.hpp"

#include "tests/support/batches.hpp"

#include <boost/test/unit_test.hpp>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(batch_ring)

namespace {

/// Positions 1..4, 5..5 and 6..8 in three batches.
actors::batch_ring three_batches() {
  actors::batch_ring ring{1'000'000};
  ring.push(batch(1, 4));
  ring.push(batch(5, 5));
  ring.push(batch(6, 8));
  return ring;
}

} // namespace

BOOST_AUTO_TEST_CASE(an_empty_ring_has_nothing) {
  const actors::batch_ring ring{1000};
  BOOST_TEST(positions(ring.after(position{0}, 10)).empty());
}

BOOST_AUTO_TEST_CASE(events_come_in_order_across_batches) {
  const auto ring = three_batches();
  const std::vector<int> all{1, 2, 3, 4, 5, 6, 7, 8};
  for (int after = 0; after <= 8; ++after) {
    const std::vector<int> rest{all.begin() + after, all.end()};
    BOOST_TEST(positions(ring.after(position{after}, 100)) == rest,
               boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(a_page_ends_at_the_limit_also_inside_a_batch) {
  const auto ring = three_batches();
  const std::vector<int> all{1, 2, 3, 4, 5, 6, 7, 8};
  for (int after = 0; after < 8; ++after)
    for (int limit = 1; limit <= 9; ++limit) {
      const std::vector<int> wanted{all.begin() + after,
                                    all.begin() + std::min(8, after + limit)};
      BOOST_TEST(
        positions(ring.after(position{after}, static_cast<std::size_t>(limit)))
          == wanted,
        boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(a_page_keeps_the_batches_of_its_events_alive) {
  actors::log_page page;
  {
    auto ring = three_batches();
    page = ring.after(position{3}, 3);
  }
  BOOST_TEST(positions(page) == (std::vector{4, 5, 6}),
             boost::test_tools::per_element());
  BOOST_TEST(page.events[2]->data == "{}");
}

BOOST_AUTO_TEST_CASE(a_position_beyond_the_end_has_nothing) {
  BOOST_TEST(positions(three_batches().after(position{9}, 10)).empty());
}

BOOST_AUTO_TEST_CASE(a_ring_that_does_not_reach_back_has_nothing) {
  actors::batch_ring ring{1'000'000};
  ring.push(batch(5, 6));
  BOOST_TEST(positions(ring.after(position{3}, 10)).empty());
  BOOST_TEST(positions(ring.after(position{4}, 10)) == (std::vector{5, 6}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(above_the_bound_the_oldest_batches_go) {
  const auto bytes = [] {
    actors::batch_ring ring{1'000'000};
    ring.push(batch(1, 10));
    return ring.bytes();
  }();
  actors::batch_ring ring{3 * bytes};
  for (int first = 1; first <= 31; first += 10)
    ring.push(batch(first, first + 9));
  BOOST_TEST(ring.bytes() == 3 * bytes);
  BOOST_TEST(positions(ring.after(position{9}, 10)).empty());
  BOOST_TEST(positions(ring.after(position{10}, 1)) == std::vector{11},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_batch_above_the_bound_is_not_kept) {
  actors::batch_ring ring{10};
  ring.push(batch(1, 10));
  BOOST_TEST(ring.bytes() == 0);
  BOOST_TEST(positions(ring.after(position{0}, 10)).empty());
}

BOOST_AUTO_TEST_CASE(a_gap_empties_the_ring_first) {
  auto ring = three_batches();
  ring.push(batch(10, 11));
  BOOST_TEST(positions(ring.after(position{7}, 10)).empty());
  BOOST_TEST(positions(ring.after(position{9}, 10)) == (std::vector{10, 11}),
             boost::test_tools::per_element());
  actors::batch_ring fresh{1'000'000};
  fresh.push(batch(10, 11));
  BOOST_TEST(ring.bytes() == fresh.bytes());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
