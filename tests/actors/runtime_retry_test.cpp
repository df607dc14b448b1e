// SPDX-License-Identifier: MIT
#include "tests/support/eventually.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/running_service.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/tally.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(runtime_retry)

namespace {

uuid id(int number) {
  return name_uuid(uuid{}, std::to_string(number));
}

settings in(const scratch_folder& folder) {
  auto with = quick();
  with.store = "sqlite:" + folder.path() + "/log.db";
  return with;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_repeated_id_gets_the_first_answer) {
  auto service = start_in_memory(tallies());
  const auto first
    = accepted_by(get(service.send<tally>("1", add{5, ""}, {.id = id(1)})));
  accepted_by(get(service.send<tally>("1", add{6, ""}, {.id = id(2)})));
  const auto again
    = accepted_by(get(service.send<tally>("1", add{5, ""}, {.id = id(1)})));
  BOOST_TEST(again.repeated);
  BOOST_TEST(again.at_version == first.at_version);
  BOOST_TEST(again.at_position == first.at_position);
  BOOST_TEST(service.status().head == position{2});
}

BOOST_AUTO_TEST_CASE(an_id_repeated_at_once_has_one_effect) {
  auto service = start_in_memory(tallies());
  std::vector<std::future<outcome<tally>>> answers;
  for (int n = 0; n < 50; ++n)
    answers.push_back(service.send<tally>("1", count{3}, {.id = id(1)}));
  int first = 0;
  for (auto& answer : answers) {
    const auto ended = accepted_by(get(std::move(answer)));
    BOOST_TEST(ended.at_version == version{3});
    BOOST_TEST(ended.at_position == position{3});
    first += ended.repeated ? 0 : 1;
  }
  BOOST_TEST(first == 1);
}

BOOST_AUTO_TEST_CASE(an_id_is_of_one_aggregate_only) {
  auto service = start_in_memory(tallies());
  accepted_by(get(service.send<tally>("1", add{1, ""}, {.id = id(1)})));
  BOOST_TEST(
    !accepted_by(get(service.send<tally>("2", add{1, ""}, {.id = id(1)})))
       .repeated);
}

BOOST_AUTO_TEST_CASE(commands_without_an_id_are_never_repeats) {
  auto service = start_in_memory(tallies());
  for (int n = 1; n <= 3; ++n)
    BOOST_TEST(accepted_by(get(service.send<tally>("1", add{1, ""}))).at_version
               == version{n});
}

BOOST_AUTO_TEST_CASE(a_rejected_command_may_be_sent_again) {
  auto service = start_in_memory(tallies());
  BOOST_TEST(
    get(service.send<tally>("1", add{-1, ""}, {.id = id(1)})).rejected()
    != nullptr);
  BOOST_TEST(
    !accepted_by(get(service.send<tally>("1", add{1, ""}, {.id = id(1)})))
       .repeated);
}

BOOST_AUTO_TEST_CASE(nothing_done_is_remembered_too) {
  auto service = start_in_memory(tallies());
  accepted_by(get(service.send<tally>("1", rest{}, {.id = id(1)})));
  BOOST_TEST(
    accepted_by(get(service.send<tally>("1", rest{}, {.id = id(1)}))).repeated);
}

BOOST_AUTO_TEST_CASE(a_repeated_id_gets_the_first_answer_after_a_restart) {
  const scratch_folder folder;
  {
    auto service = must(runtime::start(tallies(), in(folder)));
    accepted_by(get(service.send<tally>("1", add{4, ""})));
    accepted_by(get(service.send<tally>("1", count{3}, {.id = id(1)})));
  }
  auto service = must(runtime::start(tallies(), in(folder)));
  for (const auto retry : {false, true}) {
    const auto again = accepted_by(
      get(service.send<tally>("1", count{3}, {.id = id(1), .retry = retry})));
    BOOST_TEST(again.repeated);
    BOOST_TEST(again.at_version == version{4});
    BOOST_TEST(again.at_position == position{4});
  }
  BOOST_TEST(service.status().head == position{4});
  BOOST_TEST(service.status().epoch == epoch{2});
}

BOOST_AUTO_TEST_CASE(beyond_the_window_a_retry_is_found_in_the_stream) {
  const scratch_folder folder;
  auto service = must(runtime::start(tallies(), in(folder)));
  std::vector<std::future<outcome<tally>>> answers;
  for (int n = 0; n <= 1000; ++n)
    answers.push_back(service.send<tally>("1", add{1, ""}, {.id = id(n)}));
  for (auto& answer : answers)
    accepted_by(get(std::move(answer)));
  const auto again = accepted_by(
    get(service.send<tally>("1", add{1, ""}, {.id = id(0), .retry = true})));
  BOOST_TEST(again.repeated);
  BOOST_TEST(again.at_version == version{1});
  BOOST_TEST(service.status().head == position{1001});
  // Unknown, so a retry of what was never stored is decided.
  BOOST_TEST(!accepted_by(get(service.send<tally>(
                            "1", add{1, ""}, {.id = id(7000), .retry = true})))
                .repeated);
}

BOOST_AUTO_TEST_CASE(a_view_goes_on_where_it_was_before_a_restart) {
  const scratch_folder folder;
  for (int round = 1; round <= 3; ++round) {
    auto service = must(runtime::start(tallies(), in(folder)));
    const auto stored
      = accepted_by(get(service.send<tally>("1", count{round})));
    must(service.drain(long_enough));
    BOOST_TEST(must(service.find<sums>("1"))->events
               == stored.at_version.value());
    BOOST_TEST(status_of(service, "sums").events_applied
               == static_cast<std::uint64_t>(round));
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
