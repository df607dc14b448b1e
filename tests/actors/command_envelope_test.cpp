// SPDX-License-Identifier: MIT
#include "actors/command_envelope.hpp"

#include "tests/support/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>
#include <stdexcept>
#include <vector>

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(command_envelope)

namespace {

using detail::erased_outcome;

/// A command that is under way, and what its sender hears.
struct under_way {
  std::shared_ptr<actors::admission> gate = std::make_shared<actors::admission>(
    actors::admission_limits{.commands_max = 1, .bytes_max = 10});
  std::shared_ptr<actors::counters> counted
    = std::make_shared<actors::counters>();
  std::vector<erased_outcome> heard;
  std::function<void()> then = [] {};
  actors::envelope_ptr envelope;

  under_way() {
    must(gate->enter(10));
    actors::command_envelope::order order;
    order.stream = {"tally", "1"};
    order.asked.bytes = 10;
    order.then = [this](erased_outcome&& ended) {
      heard.push_back(std::move(ended));
      then();
    };
    envelope = std::make_shared<actors::command_envelope>(std::move(order),
                                                          gate, counted);
  }

  errc code() const { return std::get<error>(heard.at(0).ended).code; }
};

} // namespace

BOOST_AUTO_TEST_CASE(an_answer_is_heard_once_and_not_again_when_it_is_dropped) {
  under_way command;
  command.envelope->answer({erased_outcome::accepted{version{3}, {}, {}, {}}});
  command.envelope.reset();
  BOOST_TEST(command.heard.size() == 1);
  BOOST_TEST(
    std::get<erased_outcome::accepted>(command.heard[0].ended).at_version
    == version{3});
}

BOOST_AUTO_TEST_CASE(a_dropped_envelope_answers_that_nothing_was_decided) {
  under_way command;
  command.envelope.reset();
  BOOST_TEST(command.heard.size() == 1);
  BOOST_TEST(command.code() == errc::unavailable);
}

BOOST_AUTO_TEST_CASE(an_envelope_dropped_after_it_went_to_the_log_is_in_doubt) {
  under_way command;
  command.envelope->sent_to_log();
  command.envelope.reset();
  BOOST_TEST(command.code() == errc::outcome_unknown);
}

BOOST_AUTO_TEST_CASE(an_envelope_that_came_back_from_the_log_is_not_in_doubt) {
  under_way command;
  command.envelope->sent_to_log();
  BOOST_TEST(command.envelope->came_back());
  command.envelope.reset();
  BOOST_TEST(command.code() == errc::unavailable);
}

BOOST_AUTO_TEST_CASE(the_place_is_free_before_the_sender_hears) {
  under_way command;
  bool was_free = false;
  command.then = [&] { was_free = command.gate->enter(10).has_value(); };
  command.envelope->fail({errc::unavailable, ""});
  BOOST_TEST(was_free);
}

BOOST_AUTO_TEST_CASE(a_throwing_continuation_is_survived) {
  under_way command;
  command.then = [] { throw std::runtime_error{"thrown by the test"}; };
  command.envelope->fail({errc::unavailable, ""});
  BOOST_TEST(command.gate->commands() == 0);
}

BOOST_AUTO_TEST_CASE(
  a_continuation_that_throws_anything_is_survived_when_dropped) {
  under_way command;
  command.then = [] { throw 42; };
  command.envelope.reset();
  BOOST_TEST(command.heard.size() == 1);
}

BOOST_AUTO_TEST_CASE(each_way_to_end_is_counted) {
  under_way good;
  good.envelope->answer({erased_outcome::accepted{}});
  BOOST_TEST(good.counted->accepted == 1);
  under_way refused;
  refused.envelope->answer({detail::any_decision::refusal{1, "no"}});
  BOOST_TEST(refused.counted->rejected == 1);
  under_way dropped;
  dropped.envelope.reset();
  BOOST_TEST(dropped.counted->failed == 1);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
