// SPDX-License-Identifier: MIT
#include "tests/support/eventually.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/running_service.hpp"
#include "tests/support/tally.hpp"

#include <cafes/limits.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(live_fold)

namespace {

/// A document for each event; not part of any definition.
struct each_alone {
  static constexpr std::string_view name = "each_alone";
  static constexpr int version = 1;
  using events = one_of<added>;

  struct document {
    std::int64_t amount = 0;
    CAFES_FIELDS(amount)
  };

  static std::string key(const event_context& where, const added&) {
    return std::to_string(where.at_version.value());
  }

  static void apply(document& shown, const event_context&,
                    const added& happened) {
    shown.amount = happened.amount;
  }
};

/// 1,000 events of tally-1, then 5 of tally-2, then 3 more of tally-1.
runtime filled() {
  auto service = start_in_memory(tallies());
  accepted_by(get(service.send<tally>("1", count{1000})));
  accepted_by(get(service.send<tally>("2", count{5})));
  accepted_by(get(service.send<tally>("1", count{3})));
  return service;
}

} // namespace

BOOST_AUTO_TEST_CASE(one_stream_is_folded_as_the_view_would) {
  auto service = filled();
  must(service.drain(long_enough));
  const auto folded = must(service.fold<sums>({"tally", "1"}));
  BOOST_REQUIRE(folded.size() == 1U);
  BOOST_TEST(folded.front().key == "1");
  BOOST_TEST(folded.front().document.events == 1'003);
  const auto viewed = must(service.find<sums>("1"));
  BOOST_TEST(viewed->events == 1'003);
  BOOST_TEST(
    must(service.fold<events_seen>({"tally", "2"})).front().document.events
    == 5);
}

BOOST_AUTO_TEST_CASE(it_is_folded_as_it_was_at_a_version) {
  auto service = filled();
  for (const std::int64_t until : {1, 999, 1'000, 1'001, 1'003, 5'000}) {
    const auto folded
      = must(service.fold<sums>({"tally", "1"}, version{until}));
    BOOST_TEST(folded.front().document.events
               == std::min<std::int64_t>(until, 1'003));
  }
  BOOST_TEST(must(service.fold<sums>({"tally", "1"}, version{0})).empty());
}

BOOST_AUTO_TEST_CASE(a_stream_that_is_not_there_is_told) {
  auto service = filled();
  BOOST_TEST(
    fails_with(errc::stream_not_found, service.fold<sums>({"tally", "3"})));
}

BOOST_AUTO_TEST_CASE(an_event_that_cannot_be_applied_is_named) {
  auto service = filled();
  sums::fails_from = 500;
  const auto folded = service.fold<sums>({"tally", "1"});
  sums::fails_from = 0;
  BOOST_TEST(
    fails_with(errc::corrupt, folded, "version 500 of tally-1, position 500"));
}

BOOST_AUTO_TEST_CASE(a_thousand_documents_are_folded_and_one_more_refused) {
  auto service = filled();
  BOOST_TEST(
    must(service.fold<each_alone>({"tally", "1"}, version{1'000})).size()
    == limits::page_documents_max);
  BOOST_TEST(
    fails_with(errc::limit_exceeded, service.fold<each_alone>({"tally", "1"})));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
