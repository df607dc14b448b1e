// SPDX-License-Identifier: MIT
#include "tests/support/open_log.hpp"

#include <cafes/limits.hpp>

#include <boost/test/unit_test.hpp>

namespace cafes::test {

CAFES_STORE_TEST(an_empty_log_has_head_0_and_no_events) {
  open_log log{under};
  BOOST_TEST(must(log.reader->head()) == position{0});
  BOOST_TEST(must(log.reader->read_log(position{0}, 10)).empty());
}

CAFES_STORE_TEST(the_log_is_read_in_order_of_position_over_all_streams) {
  open_log log{under};
  for (const auto* name : {"b-1", "a-1", "b-1", "c-1", "a-1"})
    must(log.append(name));
  const auto events = log.all();
  check_dense(events);
  BOOST_REQUIRE(events.size() == 5);
  BOOST_TEST(events[1].stream == stream("a-1"));
  BOOST_TEST(events[2].at_version == version{2});
}

CAFES_STORE_TEST(the_log_is_read_one_by_one) {
  open_log log{under};
  must(log.append("account-1", {.events = 2}));
  must(log.append("account-2"));
  for (std::int64_t after = 0; after < 3; ++after) {
    const auto page = must(log.reader->read_log(position{after}, 1));
    BOOST_REQUIRE(page.size() == 1);
    BOOST_TEST(page[0].at == position{after + 1});
  }
}

CAFES_STORE_TEST(a_page_of_the_log_ends_at_its_limit) {
  open_log log{under};
  must(log.append("account-1", {.events = 999}));
  must(log.append("account-2", {.events = 2}));
  const auto page = [&](std::int64_t after) {
    return must(log.reader->read_log(position{after}, limits::page_events_max));
  };
  BOOST_TEST(page(0).size() == limits::page_events_max);
  BOOST_TEST(page(0).back().at == position{1000});
  BOOST_TEST(page(1).size() == limits::page_events_max);
  BOOST_TEST(page(2).size() == limits::page_events_max - 1);
}

CAFES_STORE_TEST(after_the_head_of_the_log_there_is_nothing) {
  open_log log{under};
  must(log.append("account-1"));
  BOOST_TEST(must(log.reader->read_log(position{1}, 10)).empty());
  BOOST_TEST(must(log.reader->read_log(position{5}, 10)).empty());
}

CAFES_STORE_TEST(a_reader_sees_an_append_at_once_and_never_less) {
  open_log log{under};
  for (std::int64_t n = 1; n <= 20; ++n) {
    must(log.append("account-" + std::to_string(n % 3)));
    BOOST_TEST(must(log.reader->head()) == position{n});
    BOOST_TEST(must(log.reader->read_log(position{0}, 100)).size()
               == static_cast<std::size_t>(n));
  }
}

CAFES_STORE_TEST(a_reader_opened_before_the_first_owner_sees_its_appends) {
  const auto reader = must(under.store().open_reader());
  BOOST_TEST(must(reader->head()) == position{0});
  open_log log{under};
  must(log.append("account-1"));
  BOOST_TEST(must(reader->head()) == position{1});
  BOOST_TEST(
    must(reader->read_stream(stream("account-1"), version{1}, 10)).events.size()
    == 1);
}

CAFES_STORE_TEST(the_head_of_writer_and_reader_agree) {
  open_log log{under};
  must(log.append("account-1", {.events = 3}));
  BOOST_TEST(log.writer->head() == position{3});
  BOOST_TEST(must(log.reader->head()) == position{3});
}

CAFES_STORE_TEST(a_log_is_the_same_after_it_has_been_opened_again) {
  {
    open_log log{under};
    must(log.append("account-1", {.events = 2}));
    must(log.append("account-2"));
  }
  under.reopen();
  open_log log{under, "second"};
  BOOST_TEST(log.writer->head() == position{3});
  BOOST_TEST(log.all().size() == 3);
  BOOST_TEST(must(log.append("account-2")).first_version == version{2});
  BOOST_TEST(must(log.append("account-3")).first_position == position{5});
  check_dense(log.all());
}

} // namespace cafes::test
