// SPDX-License-Identifier: MIT
#include "tests/support/moody_view.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

// What a view's worker keeps of its documents, and when it must not.

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(kept_documents)

namespace {

using namespace std::chrono_literals;

using positions = std::vector<std::int64_t>;

} // namespace

BOOST_AUTO_TEST_CASE(documents_of_a_new_view_are_not_loaded) {
  moody_view view;
  for (int n = 0; n < 10; ++n) {
    view.append(std::to_string(n % 3));
    must(view.follow());
  }
  BOOST_TEST(view.loads() == 0);
  BOOST_TEST(view.seen("1") == (positions{2, 5, 8}));
}

BOOST_AUTO_TEST_CASE(a_document_is_loaded_once_in_a_life) {
  moody_view view;
  view.append("1");
  must(view.follow());
  view.start();
  for (int n = 0; n < 5; ++n) {
    view.append("1");
    must(view.follow());
  }
  BOOST_TEST(view.loads() == 1);
  view.append("1");
  view.append("2");
  must(view.follow());
  BOOST_TEST(view.loads() == 2);
  BOOST_TEST(view.seen("1") == (positions{1, 2, 3, 4, 5, 6, 7}));
}

BOOST_AUTO_TEST_CASE(without_a_cache_each_page_loads_its_documents) {
  moody_view view{{.cache_bytes_max = 0}};
  for (int n = 0; n < 5; ++n) {
    view.append("1");
    must(view.follow());
  }
  BOOST_TEST(view.loads() == 4);
  BOOST_TEST(view.seen("1") == (positions{1, 2, 3, 4, 5}));
}

BOOST_AUTO_TEST_CASE(a_commit_that_failed_is_in_no_later_page) {
  moody_view view;
  view.append("1");
  must(view.follow());
  view.append("1");
  view.store->faults().plan(store_call::commit, store_fault::fails, 1, 1);
  BOOST_TEST(!view.follow().has_value());
  BOOST_TEST(view.loads() == 0);
  must(view.follow());
  BOOST_TEST(view.loads() == 1);
  BOOST_TEST(view.seen("1") == (positions{1, 2}));
}

BOOST_AUTO_TEST_CASE(what_a_failed_handler_changed_is_in_no_later_page) {
  moody_view view;
  view.append("1");
  must(view.follow());
  view.append("1", "throw");
  view.append("2");
  must(view.follow());
  view.wish(parked_wish::drop, "1");
  view.append("1");
  must(view.follow());
  BOOST_TEST(view.loads() == 0);
  BOOST_TEST(view.seen("1") == (positions{1, 4}));
  auto reader = must(view.store->open_view_reader());
  BOOST_TEST(
    decode<moody::document>(*must(reader->find(view.view(), "1")).document)
      ->text
    == "");
}

BOOST_AUTO_TEST_CASE(what_a_late_handler_changes_is_in_no_later_page) {
  moody_view view{{.handler_time_max = 20ms}};
  view.append("1");
  must(view.follow());
  view.append("1", "hang");
  view.append("1");
  must(view.follow());
  BOOST_TEST(view.parked_positions() == (positions{2, 3}));
  moody::mood().mend(); // it comes back, and goes on with its documents
  view.wish(parked_wish::retry);
  view.append("1");
  must(view.follow());
  BOOST_TEST(view.seen("1") == (positions{1, 2, 3, 4}));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
