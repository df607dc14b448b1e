// SPDX-License-Identifier: MIT
#include "actors/read/view_query.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/faulty_store.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/tally.hpp"

#include <boost/test/unit_test.hpp>

#include <future>

// A view whose store has fallen back behind what is known of its progress.

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(view_query)

namespace {

using namespace std::chrono_literals;

struct fallen_view {
  fallen_view() {
    const auto type = detail::make_projection_type<sums>();
    queries.add(type, progress);
    writer = must(store->open_view_writer(store::view_of(type)));
    must(writer->claim());
    commit(0, 3);
    progress->found(projection_phase::running, position{7});
  }

  void commit(std::int64_t from, std::int64_t to) const {
    const std::vector<detail::keyed_document> changed{
      {"1", R"({"sum":)" + std::to_string(to) + R"(,"events":1})"}};
    must(writer->commit({position{from}, position{to}, changed, {}, {}}));
  }

  std::shared_ptr<faulty_store> store = std::make_shared<faulty_store>();
  std::shared_ptr<actors::projection_progress> progress
    = std::make_shared<actors::projection_progress>("sums", 1);
  actors::view_query queries{store};
  std::unique_ptr<store::view_writer> writer;
};

/// Asks in another thread; the view comes to the position only after the first
/// look at it.
template <class Ask>
auto asked_too_early(const fallen_view& view, store_call call, Ask ask) {
  auto answer = std::async(std::launch::async, ask);
  BOOST_TEST(view.store->faults().wait_for_calls(call, 1));
  view.commit(3, 7);
  return must(get(std::move(answer)));
}

const freshness at_7{position{7}, long_enough};

} // namespace

BOOST_AUTO_TEST_CASE(a_document_is_never_of_before_the_position_asked_for) {
  fallen_view view;
  const auto found = asked_too_early(view, store_call::find, [&] {
    return view.queries.find("sums", "1", at_7);
  });
  BOOST_TEST(found.checkpoint == position{7});
  BOOST_TEST(found.document.value().find(":7,") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_page_is_never_of_before_the_position_asked_for) {
  fallen_view view;
  const auto page = asked_too_early(view, store_call::query, [&] {
    return view.queries.query("sums", {}, at_7);
  });
  BOOST_TEST(page.checkpoint == position{7});
  BOOST_TEST(page.documents.at(0).data.find(":7,") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_total_is_never_of_before_the_position_asked_for) {
  fallen_view view;
  const auto totals = asked_too_early(view, store_call::total, [&] {
    return view.queries.total("sums", {}, "sum", at_7);
  });
  BOOST_TEST(totals.checkpoint == position{7});
  BOOST_TEST(totals.sum == 7);
}

BOOST_AUTO_TEST_CASE(a_view_that_stays_behind_is_told_when_the_time_is_over) {
  fallen_view view;
  const freshness shortly{position{7}, 1ms};
  const std::string words
    = "sums has fallen back to position 3, it is not yet at 7 again";
  BOOST_TEST(fails_with(errc::deadline_exceeded,
                        view.queries.find("sums", "1", shortly), words));
  BOOST_TEST(fails_with(errc::deadline_exceeded,
                        view.queries.query("sums", {}, shortly), words));
  BOOST_TEST(fails_with(errc::deadline_exceeded,
                        view.queries.total("sums", {}, "", shortly), words));
  BOOST_TEST(must(view.queries.find("sums", "1", {position{3}, 1ms})).checkpoint
             == position{3});
}

BOOST_AUTO_TEST_CASE(a_view_whose_worker_has_noticed_is_waited_for) {
  fallen_view view;
  view.progress->found(projection_phase::running, position{3});
  BOOST_TEST(fails_with(errc::deadline_exceeded,
                        view.queries.find("sums", "1", {position{7}, 1ms}),
                        "sums is at position 3, not yet at 7"));
  BOOST_TEST(view.store->faults().calls(store_call::find) == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
