// SPDX-License-Identifier: MIT
#include "tests/support/open_log.hpp"

#include <cafes/limits.hpp>

#include <boost/test/unit_test.hpp>

namespace cafes::test {

CAFES_STORE_TEST(an_unknown_stream_is_empty_and_has_no_number) {
  open_log log{under};
  must(log.append("account-1"));
  const auto slice
    = must(log.reader->read_stream(stream("account-2"), version{1}, 10));
  BOOST_TEST(slice.id == store::stream_id{});
  BOOST_TEST(slice.events.empty());
}

CAFES_STORE_TEST(a_stream_is_read_with_the_number_that_append_answered) {
  open_log log{under};
  must(log.append("account-1"));
  const auto stored = must(log.append("account-2"));
  const auto slice
    = must(log.reader->read_stream(stream("account-2"), version{1}, 10));
  BOOST_TEST(slice.id == stored.id);
  BOOST_TEST(slice.id != store::stream_id{});
}

CAFES_STORE_TEST(a_stream_is_read_one_by_one) {
  open_log log{under};
  for (int n = 0; n < 3; ++n) {
    must(log.append("account-1"));
    must(log.append("account-2"));
  }
  for (std::int64_t from = 1; from <= 3; ++from) {
    const auto slice
      = must(log.reader->read_stream(stream("account-1"), version{from}, 1));
    BOOST_REQUIRE(slice.events.size() == 1);
    BOOST_TEST(slice.events[0].at_version == version{from});
    BOOST_TEST(slice.events[0].stream == stream("account-1"));
  }
}

CAFES_STORE_TEST(a_page_of_a_stream_ends_at_its_limit) {
  open_log log{under};
  must(log.append("account-1", {.events = 999}));
  must(log.append("account-1", {.events = 2}));
  const auto page = [&](std::int64_t from) {
    return must(log.reader->read_stream(stream("account-1"), version{from},
                                        limits::page_events_max))
      .events;
  };
  BOOST_TEST(page(1).size() == limits::page_events_max);
  BOOST_TEST(page(1).back().at_version == version{1000});
  BOOST_TEST(page(2).size() == limits::page_events_max);
  BOOST_TEST(page(3).size() == limits::page_events_max - 1);
}

CAFES_STORE_TEST(after_the_end_of_a_stream_there_is_its_number_only) {
  open_log log{under};
  const auto stored = must(log.append("account-1", {.events = 2}));
  const auto slice
    = must(log.reader->read_stream(stream("account-1"), version{3}, 10));
  BOOST_TEST(slice.id == stored.id);
  BOOST_TEST(slice.events.empty());
}

CAFES_STORE_TEST(streams_of_one_key_and_two_categories_are_two) {
  open_log log{under};
  must(log.append("account-1", {.events = 2}));
  must(log.append("order-1"));
  BOOST_TEST(log.version_of("account-1") == version{2});
  BOOST_TEST(log.version_of("order-1") == version{1});
}

CAFES_STORE_TEST(keys_differ_by_case_and_by_each_byte) {
  open_log log{under};
  const std::vector<std::string> names{"account-a", "account-A", "account-a ",
                                       "account- a",
                                       // é as one and as two code points
                                       "account-\xc3\xa9", "account-e\xcc\x81"};
  for (const auto& name : names)
    BOOST_TEST(must(log.append(name)).first_version == version{1});
}

} // namespace cafes::test
