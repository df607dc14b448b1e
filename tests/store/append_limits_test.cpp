// SPDX-License-Identifier: MIT
#include "tests/support/open_log.hpp"

#include <cafes/limits.hpp>

#include <boost/test/unit_test.hpp>

namespace cafes::test {

namespace {

/// JSON text of exactly so many bytes.
std::string text_of(std::size_t bytes) {
  return "\"" + std::string(bytes - 2, 'x') + "\"";
}

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

} // namespace

CAFES_STORE_TEST(a_payload_of_1_mib_is_stored_and_one_byte_more_refused) {
  open_log log{under};
  const auto largest = text_of(limits::payload_bytes_max);
  must(log.append("account-1", {.data = largest}));
  BOOST_TEST((log.all_of("account-1").at(0).data == largest));
  BOOST_TEST(fails_with(
    errc::limit_exceeded,
    log.append("account-1", {.data = text_of(limits::payload_bytes_max + 1)}),
    "1 MiB"));
}

CAFES_STORE_TEST(metadata_of_1_mib_is_stored_and_one_byte_more_refused) {
  open_log log{under};
  auto append = log.to("account-1");
  append.events[0].metadata = text_of(limits::payload_bytes_max);
  must(log.append(append));
  BOOST_TEST(
    (log.all_of("account-1").at(0).metadata == append.events[0].metadata));
  append.events[0].metadata = text_of(limits::payload_bytes_max + 1);
  BOOST_TEST(fails_with(errc::limit_exceeded, log.append(append)));
}

CAFES_STORE_TEST(an_append_of_1000_events_is_stored_and_one_more_refused) {
  open_log log{under};
  const auto stored = must(log.append(
    "account-1", {.events = static_cast<int>(limits::append_events_max)}));
  BOOST_TEST(stored.last_version == version{1000});
  BOOST_TEST(fails_with(
    errc::limit_exceeded,
    log.append("account-1",
               {.events = static_cast<int>(limits::append_events_max) + 1}),
    "1000 events"));
  BOOST_TEST(log.writer->head() == position{1000});
}

CAFES_STORE_TEST(an_append_of_4_mib_is_stored_and_one_byte_more_refused) {
  open_log log{under};
  auto append = log.to("account-1", {.events = 5});
  for (auto& event : append.events)
    event.data = text_of(limits::append_bytes_max / 5);
  append.events[0].data
    = text_of(limits::append_bytes_max / 5 + limits::append_bytes_max % 5);
  must(log.append(append));
  append.events[1].data.insert(1, "x");
  BOOST_TEST(fails_with(errc::limit_exceeded, log.append(append), "4 MiB"));
}

CAFES_STORE_TEST(an_append_without_events_is_refused) {
  open_log log{under};
  BOOST_TEST(
    fails_with(errc::invalid_argument, log.append("account-1", {.events = 0})));
}

CAFES_STORE_TEST(an_event_without_a_type_is_refused) {
  open_log log{under};
  auto append = log.to("account-1");
  append.events[0].type = store::type_id{};
  BOOST_TEST(fails_with(errc::unknown_type, log.append(append)));
}

CAFES_STORE_TEST(a_key_of_255_bytes_is_stored_and_one_byte_more_refused) {
  open_log log{under};
  const auto longest = "account-" + std::string(limits::key_bytes_max, 'k');
  must(log.append(longest));
  BOOST_TEST(log.version_of(longest) == version{1});
  BOOST_TEST(fails_with(errc::limit_exceeded, log.append(longest + "k")));
}

CAFES_STORE_TEST(a_category_of_64_bytes_is_stored_and_one_byte_more_refused) {
  open_log log{under};
  const std::string longest(limits::category_bytes_max, 'c');
  must(log.append(longest + "-1"));
  BOOST_TEST(log.version_of(longest + "-1") == version{1});
  BOOST_TEST(fails_with(errc::limit_exceeded, log.append(longest + "c-1")));
}

CAFES_STORE_TEST(a_payload_64_levels_deep_is_stored_and_one_more_refused) {
  open_log log{under};
  must(log.append("account-1", {.data = nested(limits::payload_depth_max)}));
  BOOST_TEST(fails_with(
    errc::limit_exceeded,
    log.append("account-1", {.data = nested(limits::payload_depth_max + 1)}),
    "64 levels"));
}

CAFES_STORE_TEST(a_batch_of_1000_events_is_stored_and_one_more_refused_whole) {
  open_log log{under};
  const std::vector largest{log.to("account-1", {.events = 600}),
                            log.to("account-2", {.events = 400})};
  must(log.writer->append(largest));
  auto larger = largest;
  larger.push_back(log.to("account-3"));
  BOOST_TEST(fails_with(errc::limit_exceeded, log.writer->append(larger)));
  BOOST_TEST(must(log.reader->head()) == position{1000});
}

CAFES_STORE_TEST(a_batch_of_4_mib_is_stored_and_one_byte_more_refused_whole) {
  open_log log{under};
  const std::vector largest(
    4, log.to("account-1", {.data = text_of(limits::payload_bytes_max)}));
  must(log.writer->append(largest));
  auto larger = largest;
  larger.push_back(log.to("account-2", {.data = "1"}));
  BOOST_TEST(fails_with(errc::limit_exceeded, log.writer->append(larger)));
  BOOST_TEST(must(log.reader->head()) == position{4});
}

} // namespace cafes::test
