// SPDX-License-Identifier: MIT
#include "tests/support/eventually.hpp"
#include "tests/support/faulty_store.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/running_service.hpp"
#include "tests/support/tally.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(runtime_limits)

namespace {

using namespace std::chrono_literals;

using answers = std::vector<std::future<outcome<tally>>>;

bool is_ready(const std::future<outcome<tally>>& answer) {
  return answer.wait_for(0ms) == std::future_status::ready;
}

void must_accept(answers& all) {
  for (auto& answer : all)
    accepted_by(get(std::move(answer)));
}

} // namespace

BOOST_AUTO_TEST_CASE(above_the_commands_in_flight_one_is_told_at_once) {
  auto with = quick();
  with.commands_in_flight_max = 5;
  const auto store = std::make_shared<faulty_store>();
  auto service = start_on(store, tallies(), with);
  blocked_calls writes{store->faults(), store_call::write};
  answers under_way;
  for (int n = 0; n < 5; ++n)
    under_way.push_back(service.send<tally>(std::to_string(n), add{1, ""}));
  auto one_more = service.send<tally>("9", add{1, ""});
  BOOST_TEST(is_ready(one_more));
  BOOST_TEST(ended_with(errc::overloaded, get(std::move(one_more))));
  BOOST_TEST(service.status().commands_in_flight == 5U);
  writes.release();
  must_accept(under_way);
  accepted_by(get(service.send<tally>("9", add{1, ""})));
}

BOOST_AUTO_TEST_CASE(above_the_bytes_in_flight_one_is_told_at_once) {
  auto with = quick();
  with.command_bytes_in_flight_max = 3 * sizeof(add);
  const auto store = std::make_shared<faulty_store>();
  auto service = start_on(store, tallies(), with);
  blocked_calls writes{store->faults(), store_call::write};
  answers under_way;
  for (int n = 0; n < 3; ++n)
    under_way.push_back(service.send<tally>(std::to_string(n), add{1, ""}));
  BOOST_TEST(
    ended_with(errc::overloaded, get(service.send<tally>("9", add{1, ""}))));
  writes.release();
  must_accept(under_way);
}

BOOST_AUTO_TEST_CASE(above_the_queue_of_an_aggregate_others_go_on) {
  auto with = quick();
  with.aggregate_in_flight_max = 1;
  with.aggregate_queue_max = 3;
  const auto store = std::make_shared<faulty_store>();
  auto service = start_on(store, tallies(), with);
  blocked_calls writes{store->faults(), store_call::write};
  answers under_way;
  under_way.push_back(service.send<tally>("1", add{1, ""}));
  BOOST_REQUIRE(store->faults().wait_for_calls(store_call::write, 1));
  for (int n = 0; n < 3; ++n)
    under_way.push_back(service.send<tally>("1", add{1, ""}));
  BOOST_TEST(
    ended_with(errc::overloaded, get(service.send<tally>("1", add{1, ""}))));
  under_way.push_back(service.send<tally>("2", add{1, ""}));
  writes.release();
  must_accept(under_way);
}

BOOST_AUTO_TEST_CASE(a_continuation_finds_its_place_free) {
  auto with = quick();
  with.commands_in_flight_max = 1;
  auto service = start_in_memory(tallies(), with);
  std::promise<bool> last;
  std::function<void(int)> go_on = [&](int left) {
    service.send<tally>("1", add{1, ""}, {}, [&, left](outcome<tally> ended) {
      if (left == 0 || ended.accepted() == nullptr)
        last.set_value(ended.accepted() != nullptr);
      else
        go_on(left - 1);
    });
  };
  go_on(100);
  BOOST_TEST(get(last.get_future()));
}

BOOST_AUTO_TEST_CASE(a_command_that_waits_too_long_is_told_so) {
  auto with = quick();
  with.aggregate_in_flight_max = 1;
  const auto store = std::make_shared<faulty_store>();
  auto service = start_on(store, tallies(), with);
  blocked_calls writes{store->faults(), store_call::write};
  auto first = service.send<tally>("1", add{1, ""});
  BOOST_REQUIRE(store->faults().wait_for_calls(store_call::write, 1));
  auto late = service.send<tally>("1", add{1, ""}, {.timeout = 1ms});
  auto patient = service.send<tally>("1", add{1, ""});
  // Also while the write hangs.
  BOOST_TEST(ended_with(errc::deadline_exceeded, get(std::move(late))));
  writes.release();
  accepted_by(get(std::move(first)));
  BOOST_TEST(accepted_by(get(std::move(patient))).at_version == version{2});
}

BOOST_AUTO_TEST_CASE(the_timeout_of_the_settings_holds_without_one_of_its_own) {
  auto with = quick();
  with.command_timeout = 1ms;
  const auto store = std::make_shared<faulty_store>();
  auto service = start_on(store, tallies(), with);
  blocked_calls reads{store->faults(), store_call::recover};
  auto late = service.send<tally>("1", add{1, ""});
  auto patient = service.send<tally>("1", add{1, ""}, {.timeout = 60s});
  const auto sent = std::chrono::steady_clock::now();
  BOOST_REQUIRE(
    eventually([&] { return std::chrono::steady_clock::now() > sent + 5ms; }));
  reads.release();
  BOOST_TEST(ended_with(errc::deadline_exceeded, get(std::move(late))));
  accepted_by(get(std::move(patient)));
}

BOOST_AUTO_TEST_CASE(a_timeout_without_end_is_one) {
  auto service = start_in_memory(tallies());
  accepted_by(get(service.send<tally>(
    "1", add{1, ""}, {.timeout = std::chrono::milliseconds::max()})));
  BOOST_TEST(must(service.find<sums>("1", {position{1},
                                           std::chrono::milliseconds::max()}))
               ->sum
             == 1);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
