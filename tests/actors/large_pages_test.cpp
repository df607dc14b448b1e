// SPDX-License-Identifier: MIT
#include "tests/support/moody_view.hpp"

#include <cafes/limits.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>

// A view that is behind takes many pages' worth of events at once.

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(large_pages)

namespace {

constexpr int keys = 7;
constexpr int events = 3'500;
constexpr int pages = 4;

/// More than fits into three pages; the notes stand at the first positions
/// behind the first page.
moody_view& append_many(moody_view& view, int count, const std::string& note) {
  for (int n = 0; n < events; ++n) {
    const int behind = n - static_cast<int>(limits::page_events_max);
    view.append(std::to_string(n % keys),
                behind >= 0 && behind < count ? note : "");
  }
  return view;
}

/// What a fold from the beginning gives.
void check_all(moody_view& view) {
  BOOST_TEST(view.builder->checkpoint() == position{events});
  BOOST_TEST(view.parked().empty());
  for (int key = 0; key < keys; ++key) {
    std::vector<std::int64_t> all;
    for (int n = key; n < events; n += keys)
      all.push_back(n + 1);
    BOOST_TEST((view.seen(std::to_string(key)) == all));
  }
}

} // namespace

BOOST_AUTO_TEST_CASE(what_goes_well_is_written_at_once) {
  moody_view view;
  append_many(view, 0, "");
  BOOST_TEST(view.builder->pages_at_once() == 1U);
  must(view.follow());
  BOOST_TEST(view.commits() == 1);
  BOOST_TEST(view.builder->pages_at_once() == 2U);
  check_all(view);
}

BOOST_AUTO_TEST_CASE(where_handlers_must_be_quick_pages_stay_small) {
  moody_view view{{.handler_time_max = std::chrono::milliseconds{999}}};
  view.append("1");
  must(view.follow());
  BOOST_TEST(view.builder->pages_at_once() == 1U);
}

BOOST_AUTO_TEST_CASE(few_failures_are_parked_within_it) {
  moody_view view;
  append_many(view, 2, "throw");
  must(view.follow());
  BOOST_TEST(view.commits() == 1);
  BOOST_TEST(view.builder->pages_at_once() == 1U);
  moody::mood().mend();
  view.wish(parked_wish::retry);
  check_all(view);
}

BOOST_AUTO_TEST_CASE(with_many_failures_it_goes_page_by_page) {
  moody_view view;
  append_many(view, 5, "throw");
  must(view.follow());
  BOOST_TEST(view.commits() > 1);
  BOOST_TEST(view.builder->checkpoint() < position{events}); // too many parked
  BOOST_REQUIRE(view.builder->paused().has_value());
  moody::mood().mend();
  must(view.control->resume(view.view()));
  view.wish(parked_wish::retry);
  must(view.follow());
  check_all(view);
}

BOOST_AUTO_TEST_CASE(a_strict_projection_goes_as_far_as_the_page_before) {
  moody_view view{{.strict = true}};
  append_many(view, 1, "throw");
  must(view.follow());
  BOOST_TEST(view.commits() == 1);
  BOOST_TEST(view.builder->checkpoint() == position{1'000});
  BOOST_TEST(view.builder->paused().has_value());
}

BOOST_AUTO_TEST_CASE(documents_that_are_not_kept_are_loaded_page_by_page) {
  moody_view view{{.cache_bytes_max = 0}};
  view.append("0");
  must(view.follow());
  for (int n = 1; n <= events; ++n)
    view.append(std::to_string(n));
  must(view.follow());
  BOOST_TEST(view.loads() == pages);
  BOOST_TEST(view.builder->checkpoint() == position{events + 1});
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
