// SPDX-License-Identifier: MIT
#include "tests/support/open_log.hpp"

#include <boost/test/unit_test.hpp>

namespace cafes::test {

namespace {

constexpr auto none = expected_version::none();

auto exactly(std::int64_t wanted) {
  return expected_version::exactly(version{wanted});
}

std::vector<store::append_request> new_streams(const open_log& log, int first,
                                               int last) {
  std::vector<store::append_request> batch;
  for (int n = first; n <= last; ++n)
    batch.push_back(log.to("account-" + std::to_string(n),
                           {.expected = none, .loaded = true}));
  return batch;
}

} // namespace

CAFES_STORE_TEST(the_events_of_an_append_follow_each_other) {
  open_log log{under};
  const auto stored = must(log.append("account-1", {.events = 3}));
  BOOST_TEST(stored.first_version == version{1});
  BOOST_TEST(stored.last_version == version{3});
  BOOST_TEST(stored.first_position == position{1});
  BOOST_TEST(stored.last_position == position{3});
  const auto events = log.all_of("account-1");
  BOOST_REQUIRE(events.size() == 3);
  for (std::size_t n = 0; n < 3; ++n)
    BOOST_TEST(events[n].data.find(std::to_string(n + 1)) != std::string::npos);
}

CAFES_STORE_TEST(an_empty_batch_is_answered_with_nothing) {
  open_log log{under};
  BOOST_TEST(log.append(std::vector<store::append_request>{}).empty());
  BOOST_TEST(log.writer->head() == position{0});
}

CAFES_STORE_TEST(a_batch_takes_positions_in_its_order) {
  open_log log{under};
  const auto outcomes
    = log.append({log.to("account-2", {.events = 2}), log.to("account-1"),
                  log.to("order-2", {.events = 2})});
  BOOST_TEST(must(outcomes[0]).first_position == position{1});
  BOOST_TEST(must(outcomes[1]).first_position == position{3});
  BOOST_TEST(must(outcomes[2]).first_position == position{4});
  check_dense(log.all());
}

CAFES_STORE_TEST(few_and_many_appends_are_stored_alike) {
  open_log log{under};
  for (const auto& batch :
       {new_streams(log, 1, 1), new_streams(log, 2, 9),
        new_streams(log, 10, 60), std::vector{log.to("account-1")},
        std::vector(50, log.to("account-2"))})
    for (const auto& outcome : log.append(batch))
      must(outcome);
  const auto events = log.all();
  BOOST_TEST(events.size() == 111);
  check_dense(events);
}

CAFES_STORE_TEST(a_conflict_in_a_batch_does_not_hold_up_the_others) {
  open_log log{under};
  must(log.append("account-2", {.events = 2}));
  const auto outcomes = log.append({log.to("account-1", {.expected = none}),
                                    log.to("account-2", {.expected = none}),
                                    log.to("account-3", {.expected = none})});
  BOOST_TEST(must(outcomes[0]).first_position == position{3});
  BOOST_TEST(fails_with(errc::version_conflict, outcomes[1]));
  BOOST_TEST(must(outcomes[2]).first_position == position{4});
  BOOST_TEST(log.all().size() == 4);
  check_dense(log.all());
}

CAFES_STORE_TEST(a_loaded_conflict_in_a_batch_does_not_hold_up_the_others) {
  open_log log{under};
  const auto stream = must(log.append("account-2", {.events = 2})).id;
  const auto outcomes = log.append(
    {log.to("account-1", {.expected = none, .loaded = true}),
     log.to("account-2",
            {.expected = exactly(1), .loaded = true, .id = stream}),
     log.to("account-3", {.expected = none, .loaded = true})});
  BOOST_TEST(must(outcomes[0]).first_position == position{3});
  BOOST_TEST(fails_with(errc::version_conflict, outcomes[1]));
  BOOST_TEST(must(outcomes[2]).first_position == position{4});
  check_dense(log.all());
}

CAFES_STORE_TEST(several_appends_to_one_stream_share_a_batch) {
  open_log log{under};
  const auto outcomes
    = log.append({log.to("account-1", {.expected = none}),
                  log.to("account-1", {.events = 2}),
                  log.to("account-1", {.expected = exactly(3)})});
  BOOST_TEST(must(outcomes[0]).last_version == version{1});
  BOOST_TEST(must(outcomes[1]).last_version == version{3});
  BOOST_TEST(must(outcomes[2]).last_version == version{4});
  check_dense(log.all());
}

CAFES_STORE_TEST(several_loaded_appends_to_a_new_stream_share_a_batch) {
  open_log log{under};
  const auto outcomes = log.append(
    {log.to("account-1", {.expected = none, .loaded = true}),
     log.to("account-1", {.expected = exactly(1), .events = 2, .loaded = true}),
     log.to("account-1", {.expected = exactly(3), .loaded = true})});
  BOOST_TEST(must(outcomes[2]).last_version == version{4});
  check_dense(log.all());
}

CAFES_STORE_TEST(of_two_loaded_appends_at_one_version_the_first_is_stored) {
  open_log log{under};
  const auto stream = must(log.append("account-1", {.events = 2})).id;
  const auto same = log.to(
    "account-1", {.expected = exactly(2), .loaded = true, .id = stream});
  const auto outcomes = log.append({same, same});
  BOOST_TEST(must(outcomes[0]).last_version == version{3});
  BOOST_TEST(fails_with(errc::version_conflict, outcomes[1]));
  check_dense(log.all());
}

CAFES_STORE_TEST(of_two_loaded_first_appends_the_first_is_stored) {
  open_log log{under};
  const auto same = log.to("account-1",
                           {.expected = none, .events = 2, .loaded = true});
  const auto outcomes = log.append({same, same});
  BOOST_TEST(must(outcomes[0]).last_version == version{2});
  BOOST_TEST(fails_with(errc::version_conflict, outcomes[1]));
  check_dense(log.all());
}

CAFES_STORE_TEST(an_append_that_counts_on_a_refused_one_is_refused_too) {
  open_log log{under};
  const auto outcomes
    = log.append({log.to("account-1", {.expected = none, .data = "no JSON"}),
                  log.to("account-1", {.expected = exactly(1)}),
                  log.to("account-2", {.expected = none})});
  BOOST_TEST(fails_with(errc::invalid_argument, outcomes[0]));
  BOOST_TEST(fails_with(errc::version_conflict, outcomes[1]));
  BOOST_TEST(must(outcomes[2]).first_position == position{1});
  check_dense(log.all());
}

CAFES_STORE_TEST(a_loaded_append_that_counts_on_a_refused_one_leaves_no_hole) {
  open_log log{under};
  const auto stream = must(log.append("account-1")).id;
  const auto outcomes = log.append(
    {log.to("account-1", {.expected = exactly(1),
                          .loaded = true,
                          .id = stream,
                          .data = "no JSON"}),
     log.to("account-1",
            {.expected = exactly(2), .loaded = true, .id = stream}),
     log.to("account-2", {.expected = none, .loaded = true})});
  BOOST_TEST(fails_with(errc::invalid_argument, outcomes[0]));
  BOOST_TEST(fails_with(errc::version_conflict, outcomes[1]));
  BOOST_TEST(must(outcomes[2]).first_position == position{2});
  check_dense(log.all());
}

} // namespace cafes::test
