// SPDX-License-Identifier: MIT
#include "domain/account.hpp"
#include "domain/balances.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/running_service.hpp"
#include "tests/support/tally.hpp"

#include <cafes/runtime.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <future>
#include <string>
#include <thread>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(runtime_commands)

namespace {

using bank::account;
using bank::cents;

definition the_bank() {
  definition service;
  service.aggregate<account>().projection<bank::balances>();
  return service;
}

errc code_of(const named_outcome& ended) {
  return std::get<error>(ended.ended).code;
}

} // namespace

BOOST_AUTO_TEST_CASE(an_accepted_command_answers_version_position_and_events) {
  auto service = start_in_memory(the_bank());
  const auto opened = accepted_by(
    get(service.send<account>("42", bank::open{"ann", cents{5}})));
  BOOST_TEST(opened.at_version == version{1});
  BOOST_TEST(opened.at_position == position{1});
  BOOST_TEST(!opened.repeated);
  BOOST_REQUIRE(opened.events.size() == 1);
  BOOST_TEST((std::get<bank::opened>(opened.events[0])
              == bank::opened{"ann", cents{5}}));
  const auto elsewhere = accepted_by(
    get(service.send<account>("43", bank::open{"bob", cents{0}})));
  BOOST_TEST(elsewhere.at_version == version{1});
  BOOST_TEST(elsewhere.at_position == position{2});
}

BOOST_AUTO_TEST_CASE(a_refused_command_answers_the_reason) {
  auto service = start_in_memory(the_bank());
  const auto ended
    = get(service.send<account>("42", bank::deposit{cents{1}, ""}));
  BOOST_REQUIRE(ended.rejected() != nullptr);
  BOOST_TEST((ended.rejected()->reason == bank::refusal::not_open));
}

BOOST_AUTO_TEST_CASE(
  a_command_that_changes_nothing_is_accepted_without_position) {
  auto service = start_in_memory(tallies());
  accepted_by(get(service.send<tally>("1", add{5, ""})));
  const auto nothing = accepted_by(get(service.send<tally>("1", rest{})));
  BOOST_TEST(nothing.at_version == version{1});
  BOOST_TEST(nothing.at_position == position{0});
  BOOST_TEST(nothing.events.empty());
}

BOOST_AUTO_TEST_CASE(several_events_of_one_command_have_following_positions) {
  auto service = start_in_memory(tallies());
  const auto stored = accepted_by(get(service.send<tally>("1", count{1000})));
  BOOST_TEST(stored.at_version == version{1000});
  BOOST_TEST(stored.events.size() == 1000);
  BOOST_TEST(ended_with(errc::limit_exceeded,
                        get(service.send<tally>("1", count{1001}))));
  BOOST_TEST(accepted_by(get(service.send<tally>("1", add{1, ""}))).at_version
             == version{1001});
}

BOOST_AUTO_TEST_CASE(who_asked_is_stored_with_the_event) {
  auto service = start_in_memory(tallies());
  const send_options with{.id = random_uuid(),
                          .correlation_id = random_uuid(),
                          .causation_id = random_uuid()};
  accepted_by(get(service.send<tally>("1", add{1, ""}, with)));
  const auto alone = random_uuid();
  accepted_by(get(service.send<tally>("1", add{1, ""}, {.id = alone})));
  const auto events = must(service.read_log(position{0}, 10)).events;
  BOOST_TEST((events.at(0).from
              == provenance{with.id, with.correlation_id, with.causation_id}));
  BOOST_TEST((events.at(1).from == provenance{alone, alone, uuid{}}));
}

BOOST_AUTO_TEST_CASE(
  commands_of_one_aggregate_are_decided_one_after_the_other) {
  auto service = start_in_memory(the_bank());
  accepted_by(get(service.send<account>("42", bank::open{"ann", cents{0}})));
  std::vector<std::future<outcome<account>>> answers;
  for (int n = 0; n < 200; ++n)
    answers.push_back(service.send<account>("42", bank::deposit{cents{1}, ""}));
  // In the order in which one thread sent them.
  std::int64_t expected = 1;
  for (auto& answer : answers)
    BOOST_REQUIRE(accepted_by(get(std::move(answer))).at_version
                  == version{++expected});
}

BOOST_AUTO_TEST_CASE(threads_that_share_an_aggregate_get_versions_without_gap) {
  auto service = start_in_memory(tallies());
  std::vector<std::future<std::vector<std::int64_t>>> senders;
  for (int sender = 0; sender < 4; ++sender)
    senders.push_back(std::async(std::launch::async, [&] {
      std::vector<std::int64_t> versions;
      for (int n = 0; n < 50; ++n)
        versions.push_back(
          accepted_by(get(service.send<tally>("1", add{1, ""})))
            .at_version.value());
      return versions;
    }));
  std::vector<std::int64_t> all;
  for (auto& sender : senders)
    for (const auto at : sender.get())
      all.push_back(at);
  std::sort(all.begin(), all.end());
  BOOST_REQUIRE(all.size() == 200);
  for (std::size_t index = 0; index < all.size(); ++index)
    BOOST_REQUIRE(all[index] == static_cast<std::int64_t>(index) + 1);
}

BOOST_AUTO_TEST_CASE(no_command_of_many_threads_to_many_aggregates_is_lost) {
  auto service = start_in_memory(tallies());
  constexpr int keys = 50;
  std::vector<std::jthread> senders;
  std::atomic<std::int64_t> sent{0};
  for (int sender = 0; sender < 4; ++sender)
    senders.emplace_back([&, sender] {
      std::vector<std::future<outcome<tally>>> answers;
      for (int n = 0; n < 500; ++n) {
        sent += n;
        answers.push_back(service.send<tally>(
          std::to_string((n * 7 + sender) % keys), add{n, ""}));
      }
      for (auto& answer : answers)
        accepted_by(get(std::move(answer)));
    });
  senders.clear();
  must(service.drain(long_enough));
  std::int64_t sum = 0;
  for (const auto& [key, shown] :
       must(service.query<sums>({.limit = 1000})).documents)
    sum += shown.sum;
  BOOST_TEST(sum == sent);
  const auto now = service.status();
  BOOST_TEST(now.head == position{2000});
  BOOST_TEST(now.commands_accepted == 2000U);
  BOOST_TEST(now.commands_in_flight == 0U);
  BOOST_TEST(now.aggregates_live == static_cast<std::size_t>(keys));
}

BOOST_AUTO_TEST_CASE(a_continuation_may_send_the_next_command) {
  auto service = start_in_memory(tallies());
  std::promise<std::int64_t> last;
  std::function<void(int)> go_on = [&](int left) {
    service.send<tally>("1", add{1, ""}, {}, [&, left](outcome<tally> ended) {
      if (left == 0)
        last.set_value(ended.accepted()->at_version.value());
      else
        go_on(left - 1);
    });
  };
  go_on(500);
  BOOST_TEST(get(last.get_future()) == 501);
}

BOOST_AUTO_TEST_CASE(a_throwing_continuation_harms_nobody) {
  auto service = start_in_memory(tallies());
  for (int n = 0; n < 10; ++n)
    service.send<tally>("1", add{1, ""}, {}, [](const outcome<tally>&) {
      throw std::runtime_error{"thrown by the test"};
    });
  BOOST_TEST(accepted_by(get(service.send<tally>("1", add{1, ""}))).at_version
             == version{11});
  BOOST_TEST(service.status().commands_in_flight == 0U);
}

BOOST_AUTO_TEST_CASE(a_decider_that_throws_fails_its_sender_alone) {
  auto service = start_in_memory(tallies());
  std::vector<std::future<outcome<tally>>> good;
  std::vector<std::future<outcome<tally>>> bad;
  for (int n = 0; n < 20; ++n) {
    good.push_back(service.send<tally>("1", add{1, ""}));
    bad.push_back(n % 2 == 0 ? service.send<tally>("1", puzzle{})
                             : service.send<tally>("1", curse{}));
  }
  for (auto& answer : bad)
    BOOST_TEST(ended_with(errc::corrupt, get(std::move(answer))));
  for (auto& answer : good)
    accepted_by(get(std::move(answer)));
  BOOST_TEST(service.status().head == position{20});
}

BOOST_AUTO_TEST_CASE(an_event_that_is_no_text_fails_its_sender_alone) {
  auto service = start_in_memory(tallies());
  auto good = service.send<tally>("1", add{1, ""});
  auto bad = service.send<tally>("1", add{1, "\xff"});
  auto with_nul = service.send<tally>("1", add{1, std::string{"a\0b", 3}});
  auto too_long
    = service.send<tally>("1", add{1, std::string(2 * 1024 * 1024, 'x')});
  auto last = service.send<tally>("1", add{1, "é"});
  BOOST_TEST(ended_with(errc::invalid_argument, get(std::move(bad))));
  BOOST_TEST(ended_with(errc::invalid_argument, get(std::move(with_nul))));
  BOOST_TEST(ended_with(errc::limit_exceeded, get(std::move(too_long))));
  accepted_by(get(std::move(good)));
  BOOST_TEST(accepted_by(get(std::move(last))).at_version == version{2});
}

BOOST_AUTO_TEST_CASE(an_aggregate_that_is_not_part_of_the_service_is_refused) {
  auto service = start_in_memory(the_bank());
  BOOST_TEST(ended_with(errc::invalid_argument,
                        get(service.send<tally>("1", add{1, ""})),
                        "there is no aggregate \"tally\""));
}

BOOST_AUTO_TEST_CASE(a_bad_key_is_refused) {
  auto service = start_in_memory(tallies());
  const auto send = [&](const std::string& key) {
    return get(service.send<tally>(key, add{1, ""}));
  };
  BOOST_TEST(ended_with(errc::invalid_argument, send("")));
  BOOST_TEST(ended_with(errc::invalid_argument, send("\xff")));
  BOOST_TEST(ended_with(errc::invalid_argument, send(std::string{"a\0b", 3})));
  BOOST_TEST(ended_with(errc::limit_exceeded, send(std::string(256, 'a'))));
  accepted_by(send(std::string(255, 'a')));
}

BOOST_AUTO_TEST_CASE(a_command_by_name_is_answered_in_text) {
  auto service = start_in_memory(the_bank());
  const auto opened = get(service.send_named(
    "account", "42", "open", R"({"owner":"ann","overdraft_limit":0})"));
  const auto& accepted = std::get<named_outcome::accepted>(opened.ended);
  BOOST_TEST(accepted.at_version == version{1});
  BOOST_REQUIRE(accepted.events.size() == 1);
  BOOST_TEST(accepted.events[0].type == "account.opened");
  BOOST_TEST(accepted.events[0].schema_version == 1);
  BOOST_TEST(accepted.events[0].data
             == R"({"owner":"ann","overdraft_limit":0})");
  const auto refused = get(service.send_named(
    "account", "42", "withdraw", R"({"amount":5,"reference":""})"));
  BOOST_TEST(std::get<named_outcome::rejected>(refused.ended).reason
             == "insufficient_funds");
}

BOOST_AUTO_TEST_CASE(a_command_by_name_that_does_not_fit_is_refused) {
  auto service = start_in_memory(the_bank());
  const auto send = [&](std::string_view category, std::string_view command,
                        std::string_view json) {
    return code_of(get(service.send_named(category, "42", command, json)));
  };
  BOOST_TEST(send("acount", "open", "{}") == errc::invalid_argument);
  BOOST_TEST(send("No Category", "open", "{}") == errc::invalid_argument);
  BOOST_TEST(send("account", "opne", "{}") == errc::unknown_type);
  BOOST_TEST(send("account", "deposit", R"({"amount":1})")
             == errc::invalid_argument);
  BOOST_TEST(
    send("account", "deposit", R"({"amount":1,"reference":"","extra":1})")
    == errc::invalid_argument);
  BOOST_TEST(send("account", "deposit", "") == errc::invalid_argument);
  BOOST_TEST(send("account", "deposit", "[1]") == errc::invalid_argument);
}

BOOST_AUTO_TEST_CASE(a_service_with_a_bad_definition_does_not_start) {
  definition twice;
  twice.aggregate<tally>().aggregate<tally>();
  BOOST_TEST(
    fails_with(errc::invalid_argument, runtime::start(twice, quick())));
}

BOOST_AUTO_TEST_CASE(a_store_that_is_none_does_not_start) {
  auto with = quick();
  with.store = "paper:";
  BOOST_TEST(fails_with(errc::invalid_argument, runtime::start(tallies(), with),
                        "paper:"));
}

BOOST_AUTO_TEST_CASE(settings_of_zero_are_raised_to_what_works) {
  auto with = quick();
  with.recovery_readers = 0;
  with.page_events_max = 0;
  with.feed_bytes_max = 0;
  auto service = start_in_memory(tallies(), with);
  accepted_by(get(service.send<tally>("1", add{1, ""})));
  must(service.drain(long_enough));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
