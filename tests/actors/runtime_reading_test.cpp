// SPDX-License-Identifier: MIT
#include "tests/support/eventually.hpp"
#include "tests/support/faulty_store.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/running_service.hpp"
#include "tests/support/tally.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <random>
#include <string>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(runtime_reading)

namespace {

using namespace std::chrono_literals;

/// A service with 1,005 events: 1,000 of tally-1, then 5 of tally-2.
runtime filled() {
  auto service = start_in_memory(tallies());
  accepted_by(get(service.send<tally>("1", count{1000})));
  accepted_by(get(service.send<tally>("2", count{5})));
  return service;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_stream_is_read_page_by_page) {
  auto service = filled();
  auto from = version{1};
  std::int64_t last = 0;
  bool more = true;
  while (more) {
    const auto page = must(service.read_stream({"tally", "1"}, from, 300));
    for (const auto& event : page.events)
      BOOST_REQUIRE(event.at_version == version{++last});
    from = version{last + 1};
    more = page.more;
  }
  BOOST_TEST(last == 1000);
}

BOOST_AUTO_TEST_CASE(the_log_is_read_page_by_page) {
  auto service = filled();
  std::int64_t last = 0;
  bool more = true;
  while (more) {
    const auto page = must(service.read_log(position{last}, 300));
    for (const auto& event : page.events)
      BOOST_REQUIRE(event.at == position{++last});
    more = page.more;
  }
  BOOST_TEST(last == 1005);
}

BOOST_AUTO_TEST_CASE(after_the_end_there_is_an_empty_page) {
  auto service = filled();
  const auto log = must(service.read_log(position{1005}, 10));
  BOOST_TEST(log.events.empty());
  BOOST_TEST(!log.more);
  BOOST_TEST(
    must(service.read_stream({"tally", "2"}, version{6}, 10)).events.empty());
}

BOOST_AUTO_TEST_CASE(a_stream_that_is_not_there_is_not_found) {
  auto service = filled();
  BOOST_TEST(fails_with(errc::stream_not_found,
                        service.read_stream({"tally", "3"}, version{1}, 10),
                        "tally-3"));
}

BOOST_AUTO_TEST_CASE(a_page_has_its_bounds) {
  auto service = filled();
  const stream_name one{"tally", "1"};
  BOOST_TEST(must(service.read_stream(one, version{1}, 1000)).events.size()
             == 1000);
  BOOST_TEST(fails_with(errc::limit_exceeded,
                        service.read_stream(one, version{1}, 1001)));
  BOOST_TEST(
    fails_with(errc::limit_exceeded, service.read_stream(one, version{1}, 0)));
  BOOST_TEST(fails_with(errc::limit_exceeded, service.read_log({}, 1001)));
  BOOST_TEST(fails_with(errc::limit_exceeded, service.read_log({}, 0)));
  BOOST_TEST(
    fails_with(errc::limit_exceeded, service.query<sums>({.limit = 1001})));
  BOOST_TEST(
    fails_with(errc::limit_exceeded, service.query<sums>({.limit = 0})));
}

BOOST_AUTO_TEST_CASE(a_bad_name_of_a_stream_is_refused) {
  auto service = filled();
  BOOST_TEST(fails_with(errc::invalid_argument,
                        service.read_stream({"Tally", "1"}, version{1}, 10)));
  BOOST_TEST(fails_with(errc::invalid_argument,
                        service.read_stream({"tally", ""}, version{1}, 10)));
}

BOOST_AUTO_TEST_CASE(each_sender_reads_its_own_writes) {
  auto service = start_in_memory(tallies());
  std::mt19937 random{20'260'517};
  std::vector<std::int64_t> sums_by_key(20);
  for (int n = 0; n < 1000; ++n) {
    const auto key = random() % sums_by_key.size();
    const auto amount = static_cast<std::int64_t>(random() % 100);
    const auto stored = accepted_by(
      get(service.send<tally>(std::to_string(key), add{amount, ""})));
    sums_by_key[key] += amount;
    const auto shown = must(service.find<sums>(
      std::to_string(key), {stored.at_position, long_enough}));
    BOOST_REQUIRE(shown.has_value());
    BOOST_REQUIRE(shown->sum == sums_by_key[key]);
  }
}

BOOST_AUTO_TEST_CASE(who_is_told_that_it_is_stored_finds_it_below_the_head) {
  auto service = start_in_memory(tallies());
  for (int n = 0; n < 1000; ++n) {
    std::promise<bool> known;
    service.send<tally>("1", add{1, ""}, {}, [&](const outcome<tally>& ended) {
      known.set_value(service.status().head >= accepted_by(ended).at_position);
    });
    BOOST_REQUIRE(get(known.get_future()));
  }
}

BOOST_AUTO_TEST_CASE(a_list_is_in_order_of_keys_and_says_how_far_it_is) {
  auto service = start_in_memory(tallies());
  for (const auto* key : {"b", "a", "c", "é", "B"})
    accepted_by(get(service.send<tally>(key, add{1, ""})));
  const auto all = must(service.query<sums>({}, {position{5}, long_enough}));
  std::vector<std::string> keys;
  for (const auto& each : all.documents)
    keys.push_back(each.key);
  BOOST_TEST(keys == (std::vector<std::string>{"B", "a", "b", "c", "é"}),
             boost::test_tools::per_element());
  BOOST_TEST(all.checkpoint == position{5});
  const auto page = must(service.query<sums>({.after_key = "a", .limit = 2}));
  BOOST_REQUIRE(page.documents.size() == 2);
  BOOST_TEST(page.documents[1].key == "c");
}

BOOST_AUTO_TEST_CASE(documents_are_asked_for_by_their_fields) {
  auto service = start_in_memory(tallies());
  for (const auto* key : {"a", "b", "c"})
    accepted_by(get(service.send<tally>(key, add{key[0] - 'a', ""})));
  accepted_by(get(service.send<tally>("c", add{5, ""})));
  const freshness fresh{position{4}, long_enough};
  const view_query asked{.select = {.where = {{"sum", comparison::greater, 0}}},
                         .descending = true,
                         .limit = 1};
  const auto first = must(service.query<sums>(asked, fresh));
  BOOST_REQUIRE(first.documents.size() == 1);
  BOOST_TEST(first.documents.front().key == "c");
  BOOST_TEST(first.documents.front().document.sum == 7);
  BOOST_TEST((first.more_after == "c"));
  BOOST_TEST(first.checkpoint == position{4});
  const auto counted = must(service.count<sums>(asked.select, fresh));
  BOOST_TEST(counted.value == 2);
  BOOST_TEST(counted.checkpoint == position{4});
  BOOST_TEST(must(service.sum<sums>("sum", asked.select, fresh)).value == 8);
  BOOST_TEST(must(service.sum<sums>("events")).value == 4);
  BOOST_TEST(must(service.find<sums>("a", fresh)).checkpoint == position{4});
}

BOOST_AUTO_TEST_CASE(a_question_about_no_field_is_refused_at_once) {
  auto service = filled();
  const freshness never{position{1'000'000}, long_enough};
  const view_selection selected{.where = {{"total", comparison::equal, 1}}};
  const std::string words
    = "sums: field \"total\" cannot be asked for; these can: sum, events";
  BOOST_TEST(fails_with(errc::invalid_argument,
                        service.query<sums>({.select = selected}, never),
                        words));
  BOOST_TEST(fails_with(errc::invalid_argument,
                        service.count<sums>(selected, never), words));
  BOOST_TEST(fails_with(errc::invalid_argument,
                        service.sum<sums>("total", {}, never), words));
  BOOST_TEST(
    fails_with(errc::invalid_argument, service.sum<sums>("", {}, never)));
}

BOOST_AUTO_TEST_CASE(a_view_that_is_not_far_enough_says_where_it_is) {
  auto service = filled();
  must(service.drain(long_enough));
  BOOST_TEST(fails_with(errc::deadline_exceeded,
                        service.find<sums>("1", {position{2000}, 1ms}),
                        "sums is at position 1005, not yet at 2000 (running)"));
}

BOOST_AUTO_TEST_CASE(a_key_without_document_is_no_error) {
  auto service = filled();
  must(service.drain(long_enough));
  BOOST_TEST(!must(service.find<sums>("nobody")).has_value());
}

BOOST_AUTO_TEST_CASE(a_projection_that_is_not_part_of_the_service_is_refused) {
  definition without;
  without.aggregate<tally>();
  auto service = start_in_memory(without);
  BOOST_TEST(fails_with(errc::invalid_argument, service.find<sums>("1"),
                        "there is no projection \"sums\""));
  BOOST_TEST(fails_with(errc::invalid_argument, service.query<sums>()));
}

BOOST_AUTO_TEST_CASE(a_failing_reader_is_told_and_the_next_read_works) {
  const auto store = std::make_shared<faulty_store>();
  auto service = start_on(store, tallies());
  accepted_by(get(service.send<tally>("1", add{1, ""})));
  must(service.drain(long_enough));
  for (int n = 0; n < 10; ++n) { // more often than there are sessions
    store->faults().plan(store_call::find, store_fault::fails, 1, 1);
    BOOST_TEST(fails_with(errc::unavailable, service.find<sums>("1")));
    store->faults().plan(store_call::query, store_fault::fails, 1, 1);
    BOOST_TEST(fails_with(errc::unavailable, service.query<sums>()));
    store->faults().plan(store_call::total, store_fault::fails, 1, 1);
    BOOST_TEST(fails_with(errc::unavailable, service.count<sums>()));
  }
  BOOST_TEST(must(service.count<sums>()).value == 1);
  BOOST_TEST(must(service.find<sums>("1")).has_value());
}

BOOST_AUTO_TEST_CASE(the_status_shows_what_was_done) {
  auto service = filled();
  static_cast<void>(get(service.send<tally>("1", add{-1, ""})));
  static_cast<void>(get(service.send<tally>("1", puzzle{})));
  must(service.drain(long_enough));
  const auto shown = service.status();
  BOOST_TEST(shown.head == position{1005});
  BOOST_TEST(shown.epoch == epoch{1});
  BOOST_TEST(shown.commands_accepted == 2U);
  BOOST_TEST(shown.commands_rejected == 1U);
  BOOST_TEST(shown.commands_failed == 1U);
  BOOST_TEST(shown.batches_written == 2U);
  BOOST_TEST(shown.aggregates_live == 2U);
  for (const auto& each : shown.projections) {
    BOOST_TEST((each.phase == projection_phase::running));
    BOOST_TEST(each.checkpoint == position{1005});
    BOOST_TEST(each.lag_events == 0);
    BOOST_TEST(each.events_applied == 1005U);
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
