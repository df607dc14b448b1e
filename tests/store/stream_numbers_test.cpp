// SPDX-License-Identifier: MIT
#include "store/stream_numbers.hpp"

#include "tests/support/faulty_log.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <thread>

namespace cafes::test {

namespace {

using store::stream_id;

constexpr auto none = expected_version::none();

auto exactly(std::int64_t wanted) {
  return expected_version::exactly(version{wanted});
}

} // namespace

CAFES_STORE_TEST(a_new_stream_has_the_number_that_its_sender_has_drawn) {
  open_log log{under};
  const auto numbers = log.writer->numbers();
  const auto unused = numbers->next();
  const auto id = numbers->next();
  const auto stored = must(
    log.append("account-1", {.expected = none, .loaded = true, .id = id}));
  BOOST_TEST(stored.id == id);
  BOOST_TEST(id == unused.next());
  const auto slice
    = must(log.reader->read_stream(stream("account-1"), version{1}, 10));
  BOOST_TEST(slice.id == id);
  BOOST_TEST(slice.events.size() == 1);
}

CAFES_STORE_TEST(numbers_may_be_used_in_any_order) {
  open_log log{under};
  const auto numbers = log.writer->numbers();
  const auto first = numbers->next();
  const auto second = numbers->next();
  must(
    log.append("account-2", {.expected = none, .loaded = true, .id = second}));
  must(
    log.append("account-1", {.expected = none, .loaded = true, .id = first}));
  must(log.append("account-2",
                  {.expected = exactly(1), .loaded = true, .id = second}));
  BOOST_TEST(log.version_of("account-1") == version{1});
  BOOST_TEST(log.version_of("account-2") == version{2});
  check_dense(log.all());
}

CAFES_STORE_TEST(who_draws_no_number_gets_one_that_nobody_has_drawn) {
  open_log log{under};
  const auto drawn = log.writer->numbers()->next();
  const auto outcomes = log.append(
    {log.to("account-1", {.expected = none, .loaded = true}),
     log.to("account-2"),
     log.to("account-3", {.expected = none, .loaded = true, .id = drawn})});
  std::set<stream_id> ids;
  for (const auto& outcome : outcomes)
    ids.insert(must(outcome).id);
  BOOST_TEST(ids.size() == 3);
  BOOST_TEST(must(outcomes[2]).id == drawn);
}

CAFES_STORE_TEST(a_new_session_goes_on_above_the_numbers_in_use) {
  stream_id last;
  {
    open_log log{under};
    static_cast<void>(log.writer->numbers()->next());
    last = must(log.append("account-1")).id;
  }
  open_log log{under, "second"};
  BOOST_TEST(log.owned.last_stream == last);
  BOOST_TEST(log.writer->numbers()->next() == last.next());
}

CAFES_STORE_TEST(a_stream_that_exists_keeps_its_number) {
  open_log log{under};
  const auto id = must(log.append("account-1")).id;
  const auto drawn = log.writer->numbers()->next();
  BOOST_TEST(fails_with(
    errc::version_conflict,
    log.append("account-1", {.expected = none, .loaded = true, .id = drawn})));
  BOOST_TEST(must(log.append("account-1", {.id = drawn})).id == id);
  BOOST_TEST(
    must(log.append("account-1",
                    {.expected = exactly(2), .loaded = true, .id = drawn}))
      .id
    == id);
  BOOST_TEST(log.version_of("account-1") == version{3});
  check_dense(log.all());
}

CAFES_STORE_TEST(what_counts_on_a_first_append_not_stored_is_never_stored) {
  open_log log{under};
  const auto id = log.writer->numbers()->next();
  BOOST_TEST(fails_with(errc::invalid_argument,
                        log.append("account-1", {.expected = none,
                                                 .loaded = true,
                                                 .id = id,
                                                 .data = "no JSON"})));
  BOOST_TEST(
    fails_with(errc::version_conflict,
               log.append("account-1",
                          {.expected = exactly(1), .loaded = true, .id = id})));
  BOOST_TEST(log.all().empty());
  must(log.append("account-1", {.expected = none, .loaded = true, .id = id}));
  must(log.append("account-1",
                  {.expected = exactly(1), .loaded = true, .id = id}));
  check_dense(log.all());
}

CAFES_STORE_TEST(a_repeated_first_append_leads_to_the_stream_that_is_there) {
  open_log log{under};
  const auto id = must(log.append("account-1", {.command_id = command(1)})).id;
  const auto drawn = log.writer->numbers()->next();
  const auto again = must(log.append(
    "account-1",
    {.expected = none, .loaded = true, .id = drawn, .command_id = command(1)}));
  BOOST_TEST(again.repeated);
  BOOST_TEST(again.id == id);
  BOOST_TEST(
    must(log.append("account-1",
                    {.expected = exactly(1), .loaded = true, .id = drawn}))
      .id
    == id);
  check_dense(log.all());
}

BOOST_AUTO_TEST_SUITE(stream_numbers)

BOOST_AUTO_TEST_CASE(numbers_never_go_back) {
  store::stream_numbers numbers;
  BOOST_TEST(numbers.next() == stream_id{1});
  numbers.raise_to(stream_id{7});
  BOOST_TEST(numbers.next() == stream_id{8});
  numbers.raise_to(stream_id{3});
  BOOST_TEST(numbers.next() == stream_id{9});
}

BOOST_AUTO_TEST_CASE(two_threads_never_draw_the_same_number) {
  constexpr std::size_t each = 20'000;
  store::stream_numbers numbers;
  const auto draw = [&](std::vector<stream_id>& into) {
    for (std::size_t n = 0; n < each; ++n)
      into.push_back(numbers.next());
  };
  std::vector<stream_id> drawn;
  std::vector<stream_id> other;
  std::thread beside{[&] { draw(other); }};
  draw(drawn);
  beside.join();
  drawn.insert(drawn.end(), other.begin(), other.end());
  const std::set<stream_id> distinct{drawn.begin(), drawn.end()};
  BOOST_TEST(distinct.size() == 2 * each);
}

BOOST_AUTO_TEST_CASE(appends_to_a_new_stream_in_two_batches_look_nothing_up) {
  faulty_log log;
  const auto id = log.writer.numbers()->next();
  const auto append_at = [&](std::int64_t current) {
    auto append = log.to("account-1", exactly(current), 1, true);
    append.id = id;
    return append;
  };
  log.connection->plan({});
  must(must(log.writer.append(std::vector{append_at(0), append_at(1)})).at(1));
  must(must(log.writer.append(std::vector{append_at(2)})).at(0));
  // One write for each batch, and nothing else.
  BOOST_TEST(log.connection->calls() == 2);
  check_dense(log.all());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
