// SPDX-License-Identifier: MIT
#include "actors/command_watch.hpp"

#include "tests/support/aggregate_under_test.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(command_watch)

namespace {

using namespace std::chrono_literals;
using clock = actors::command_envelope::clock;

constexpr std::chrono::milliseconds verdict_max{60'000};

/// One command with a deadline of ten seconds, and what its sender hears.
struct watched_command {
  std::shared_ptr<actors::admission> gate = std::make_shared<actors::admission>(
    actors::admission_limits{.commands_max = 10, .bytes_max = 100});
  std::shared_ptr<actors::counters> counted
    = std::make_shared<actors::counters>();
  actors::command_watch watch{verdict_max};
  std::vector<detail::erased_outcome> heard;
  clock::time_point sent = clock::now();
  actors::envelope_ptr envelope = make();

  actors::envelope_ptr make() {
    must(gate->enter(10));
    actors::command_envelope::order order;
    order.stream = {"tally", "1"};
    order.asked.bytes = 10;
    order.deadline = sent + 10s;
    order.then = [this](detail::erased_outcome&& ended) {
      heard.push_back(std::move(ended));
    };
    return watch.make_envelope(std::move(order), gate, counted);
  }

  [[nodiscard]] errc code() const {
    return std::get<error>(heard.at(0).ended).code;
  }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_command_that_waits_beyond_its_deadline_is_answered) {
  watched_command command;
  command.watch.expire(command.sent + 9s);
  BOOST_TEST(command.heard.empty());
  command.watch.expire(command.sent + 11s);
  BOOST_TEST(command.code() == errc::deadline_exceeded);
  BOOST_TEST(!command.envelope->claim());
  command.watch.expire(command.sent + 12s);
  command.envelope.reset();
  BOOST_TEST(command.heard.size() == 1);
}

BOOST_AUTO_TEST_CASE(what_is_being_decided_is_left_alone) {
  watched_command command;
  BOOST_TEST(command.envelope->claim());
  command.watch.expire(command.sent + 1h);
  BOOST_TEST(command.heard.empty());
}

BOOST_AUTO_TEST_CASE(a_gated_answer_beyond_its_deadline_is_not_waited_for) {
  watched_command command;
  BOOST_TEST(command.envelope->claim());
  command.envelope->gated();
  command.watch.expire(command.sent + 11s);
  BOOST_TEST(command.code() == errc::deadline_exceeded);
  command.envelope->answer({detail::any_decision::refusal{1, "no"}});
  BOOST_TEST(command.heard.size() == 1);
}

BOOST_AUTO_TEST_CASE(at_the_log_the_outcome_is_unknown_and_only_much_later) {
  watched_command command;
  BOOST_TEST(command.envelope->claim());
  command.envelope->sent_to_log();
  command.watch.expire(command.sent + 59s);
  BOOST_TEST(command.heard.empty());
  command.watch.expire(command.sent + 62s);
  BOOST_TEST(command.code() == errc::outcome_unknown);
  BOOST_TEST(!command.envelope->came_back());
}

BOOST_AUTO_TEST_CASE(the_place_of_an_expired_command_is_free_when_it_is_gone) {
  watched_command command;
  command.watch.expire(command.sent + 11s);
  BOOST_TEST(command.gate->commands() == 1);
  command.envelope.reset();
  BOOST_TEST(command.gate->commands() == 0);
}

BOOST_AUTO_TEST_CASE(who_hears_of_the_time_out_may_send_again_at_once) {
  watched_command first;
  actors::envelope_ptr second;
  must(first.gate->enter(10));
  actors::command_envelope::order order;
  order.deadline = first.sent;
  order.asked.bytes = 10;
  order.then = [&](detail::erased_outcome&&) { second = first.make(); };
  const auto sends_again = first.watch.make_envelope(std::move(order),
                                                     first.gate, first.counted);
  first.watch.expire(first.sent + 1s);
  BOOST_TEST(static_cast<bool>(second));
  BOOST_TEST(first.gate->commands() == 3);
}

BOOST_AUTO_TEST_CASE(a_search_that_hangs_does_not_hold_back_the_answer) {
  aggregate_under_test tally;
  for (int n = 0; n <= 1000; ++n)
    tally.stored_before(1, name_uuid({}, std::to_string(n)));
  tally.send(add{1, ""}); // recovers
  caf::anon_send_exit(tally.readers.at(0), caf::exit_reason::kill);
  tally.system.run();
  actors::command_watch watch{verdict_max};
  int answers = 0;
  actors::command_envelope::order order;
  order.stream = tally.stream;
  order.asked = detail::erase_command<add, test::tally>({1, ""});
  order.from.command_id = name_uuid({}, "0");
  order.retry = true;
  order.deadline = clock::now() + 10s;
  order.then = [&](detail::erased_outcome&&) { ++answers; };
  must(tally.under_way.gate->enter(order.asked.bytes));
  tally.system.send(tally.actor,
                    watch.make_envelope(std::move(order), tally.under_way.gate,
                                        tally.counted));
  tally.system.run();
  BOOST_TEST(answers == 0);
  watch.expire(clock::now() + 11s);
  BOOST_TEST(answers == 1);
  tally.stop();
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
