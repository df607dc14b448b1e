// SPDX-License-Identifier: MIT
#include "actors/read/page_cache.hpp"

#include "actors/read/batch_ring.hpp"
#include "tests/support/batches.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <memory>
#include <random>
#include <utility>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(page_cache)

namespace {

/// As many pages of ten events.
actors::page_cache room_for(std::size_t pages) {
  return actors::page_cache{pages * actors::bytes_of(*batch(1, 10))};
}

std::vector<int> found(const actors::page_cache& cache, int after,
                       std::size_t limit = 10) {
  return positions(cache.after(position{after}, limit));
}

} // namespace

BOOST_AUTO_TEST_CASE(what_was_not_kept_is_not_there) {
  auto cache = room_for(9);
  BOOST_TEST(found(cache, 0).empty());
  BOOST_TEST(cache.keep(batch(11, 20)));
  BOOST_TEST(found(cache, 9).empty());
  BOOST_TEST(found(cache, 20).empty());
  BOOST_TEST(found(cache, 25).empty());
}

BOOST_AUTO_TEST_CASE(a_position_within_a_page_gets_the_rest_of_it) {
  auto cache = room_for(9);
  BOOST_TEST(cache.keep(batch(1, 10)));
  BOOST_TEST(cache.keep(batch(11, 20)));
  BOOST_TEST(found(cache, 10).size() == 10);
  BOOST_TEST(found(cache, 7) == (std::vector{8, 9, 10}),
             boost::test_tools::per_element());
  BOOST_TEST(found(cache, 12, 2) == (std::vector{13, 14}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(pages_that_ended_early_come_together) {
  auto cache = room_for(9);
  BOOST_TEST(cache.keep(batch(1, 3)));
  BOOST_TEST(cache.keep(batch(4, 4)));
  BOOST_TEST(cache.keep(batch(5, 9)));
  BOOST_TEST(cache.keep(batch(11, 12)));
  BOOST_TEST(found(cache, 0) == (std::vector{1, 2, 3, 4, 5, 6, 7, 8, 9}),
             boost::test_tools::per_element());
  // The last one would not come whole.
  BOOST_TEST(found(cache, 0, 8) == (std::vector{1, 2, 3, 4}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_page_with_a_gap_or_without_events_is_not_kept) {
  auto cache = room_for(9);
  auto gap = *batch(1, 5);
  gap.erase(gap.begin() + 2);
  BOOST_TEST(!cache.keep(
    std::make_shared<const std::vector<recorded_event>>(std::move(gap))));
  BOOST_TEST(!cache.keep(batch(1, 0)));
  BOOST_TEST(cache.bytes() == 0);
  BOOST_TEST(found(cache, 0).empty());
}

BOOST_AUTO_TEST_CASE(the_next_page_starts_where_it_says) {
  auto cache = room_for(9);
  BOOST_TEST(cache.keep(batch(11, 20)));
  BOOST_TEST(cache.next_start(position{3}).value() == position{11});
  BOOST_TEST(!cache.next_start(position{11}).has_value());
}

BOOST_AUTO_TEST_CASE(at_the_bound_all_stay_and_above_it_one_goes) {
  auto cache = room_for(3);
  for (int first = 1; first <= 21; first += 10)
    BOOST_TEST(cache.keep(batch(first, first + 9)));
  BOOST_TEST(found(cache, 0).size() == 10);
  const auto full = cache.bytes();
  BOOST_TEST(cache.keep(batch(31, 40)));
  BOOST_TEST(cache.bytes() == full);
  BOOST_TEST(found(cache, 0).empty());
  BOOST_TEST(found(cache, 10).size() == 10);
}

BOOST_AUTO_TEST_CASE(a_page_above_the_bound_is_not_kept) {
  actors::page_cache cache{10};
  BOOST_TEST(!cache.keep(batch(1, 10)));
  BOOST_TEST(cache.bytes() == 0);
}

BOOST_AUTO_TEST_CASE(what_all_readers_have_passed_goes_first) {
  auto cache = room_for(2);
  cache.add_reader(1, position{10});
  BOOST_TEST(cache.keep(batch(11, 20)));
  BOOST_TEST(cache.keep(batch(1, 10)));
  BOOST_TEST(cache.keep(batch(21, 30)));
  BOOST_TEST(found(cache, 0).empty());
  BOOST_TEST(found(cache, 10).size() == 10);
  BOOST_TEST(found(cache, 20).size() == 10);
}

BOOST_AUTO_TEST_CASE(a_reader_far_behind_throws_out_nothing_but_its_own) {
  auto cache = room_for(4);
  cache.add_reader(1, position{1'020});
  cache.add_reader(2, position{1'000});
  BOOST_TEST(cache.keep(batch(1'001, 1'010)));
  BOOST_TEST(cache.keep(batch(1'011, 1'020)));
  for (int after = 0; after < 500; after += 10) {
    cache.add_reader(3, position{after});
    BOOST_TEST(cache.keep(batch(after + 1, after + 10)));
    BOOST_TEST(found(cache, after).size() == 10);
    BOOST_TEST(found(cache, 1'000).size() == 10);
    BOOST_TEST(found(cache, 1'010).size() == 10);
  }
}

BOOST_AUTO_TEST_CASE(a_reader_that_has_gone_needs_nothing) {
  auto cache = room_for(1);
  BOOST_TEST(cache.add_reader(1, position{0}));
  BOOST_TEST(!cache.add_reader(1, position{0}));
  cache.add_reader(2, position{100});
  BOOST_TEST(cache.keep(batch(1, 10)));
  BOOST_TEST(!cache.keep(batch(121, 130)));
  cache.remove_reader(1);
  cache.move_reader(1, position{0});
  BOOST_TEST(cache.keep(batch(121, 130)));
}

BOOST_AUTO_TEST_CASE(what_comes_is_always_what_follows) {
  std::mt19937 random{7};
  auto cache = room_for(5);
  for (int step = 0; step < 2'000; ++step) {
    const int after = static_cast<int>(random() % 200);
    cache.add_reader(random() % 3, position{after});
    const auto read = found(cache, after);
    for (std::size_t at = 0; at < read.size(); ++at)
      BOOST_REQUIRE(read[at] == after + 1 + static_cast<int>(at));
    if (!read.empty())
      continue;
    // Read as the feed does: up to what is there.
    auto last = after + 1 + static_cast<int>(random() % 10);
    if (const auto next = cache.next_start(position{after}))
      last = std::min(last, static_cast<int>(next->value()) - 1);
    static_cast<void>(cache.keep(batch(after + 1, last)));
    BOOST_REQUIRE(cache.bytes() <= 5 * actors::bytes_of(*batch(1, 10)));
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
