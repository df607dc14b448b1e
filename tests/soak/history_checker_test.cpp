// SPDX-License-Identifier: MIT
#include "tests/soak/corrupted_history.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

// The checker passes what a sound ledger does, and finds each thing that an
// unsound one could do. Where a corruption is, is chance.

namespace cafes::soak {

using test::stored_event;

BOOST_FIXTURE_TEST_SUITE(corruptions, corrupted)

BOOST_AUTO_TEST_CASE(a_sound_history_has_no_findings) {
  for (const auto& each : findings())
    BOOST_ERROR(each);
  const auto refused = any<answer>(
    [](const answer& one) { return one.word == "insufficient_funds"; });
  const auto again = any<answer>([](const answer& one) {
    return one.how == ended::accepted && one.repeated;
  });
  BOOST_TEST((refused != nullptr && again != nullptr));
}

BOOST_AUTO_TEST_CASE(a_history_survives_its_file) {
  history read;
  for (const auto& record : ledger.told)
    read.push_back(parse_line(to_line(record)));
  BOOST_TEST(check_history(read, log(), load_phase::at_rest).empty());
  BOOST_TEST(to_line(read.back()) == to_line(ledger.told.back()));
  BOOST_CHECK_THROW(static_cast<void>(parse_line("{}")), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(a_lost_acknowledged_event_is_found) {
  const auto lost = normal_id(intent_of(any_accepted()->sending).command_id);
  std::erase_if(log(), [&](const auto& one) { return one.command_id == lost; });
  make_dense();
  tell_as_stored();
  BOOST_TEST(found(wrong::accepted_not_stored));
}

BOOST_AUTO_TEST_CASE(a_second_effect_is_found) {
  log().push_back(log()[any_stored()]);
  make_dense();
  BOOST_TEST(found(wrong::stored_twice));
}

BOOST_AUTO_TEST_CASE(a_second_effect_that_nobody_was_told_of_is_found) {
  const auto* unheard = any<intent>([&](const intent& one) {
    return std::none_of(ledger.told.begin(), ledger.told.end(),
                        [&](const history_record& record) {
                          const auto* heard = std::get_if<answer>(&record);
                          return heard && heard->sending == one.sending;
                        })
           && events_of(normal_id(one.command_id)) == 1;
  });
  const auto place = any_stored([&](const stored_event& one) {
    return one.command_id == normal_id(unheard->command_id);
  });
  log().push_back(log()[place]);
  make_dense();
  tell_as_stored();
  BOOST_TEST(found(wrong::stored_twice));
}

BOOST_AUTO_TEST_CASE(swapped_versions_are_found) {
  const auto earlier = any_stored();
  const auto later = any_stored([&](const stored_event& one) {
    return one.stream == log()[earlier].stream
           && one.command_id != log()[earlier].command_id;
  });
  std::swap(log()[earlier].version, log()[later].version);
  BOOST_TEST(found(wrong::version_gap));
}

BOOST_AUTO_TEST_CASE(commands_that_changed_places_are_found) {
  const auto one = any_stored();
  const auto other = any_stored([&](const stored_event& event) {
    return event.type == log()[one].type
           && event.command_id != log()[one].command_id;
  });
  std::swap(log()[one].command_id, log()[other].command_id);
  BOOST_TEST((found(wrong::wrong_event) || found(wrong::accepted_elsewhere)));
}

BOOST_AUTO_TEST_CASE(a_torn_batch_is_found) {
  remove(any_stored(
    [&](const stored_event& one) { return events_of(one.command_id) > 1; }));
  make_dense();
  tell_as_stored();
  BOOST_TEST(found(wrong::torn_command));
}

BOOST_AUTO_TEST_CASE(events_of_another_within_a_command_are_found) {
  const auto first = any_stored(
    [&](const stored_event& one) { return events_of(one.command_id) > 1; });
  const auto between = any_stored([&](const stored_event& one) {
    return one.stream != log()[first].stream && events_of(one.command_id) == 1;
  });
  const auto moved = log()[between];
  remove(between);
  const auto after = between < first ? first : first + 1;
  log().insert(log().begin() + static_cast<std::ptrdiff_t>(after), moved);
  make_dense();
  tell_as_stored();
  BOOST_TEST(found(wrong::torn_command));
}

BOOST_AUTO_TEST_CASE(an_invented_refusal_is_found) {
  auto* heard = any<answer>([&](const answer& one) {
    return one.how == ended::failed && one.word == "overloaded";
  });
  heard->how = ended::rejected;
  heard->word = "already_open";
  if (intent_of(heard->sending).what == asked::open)
    heard->word = "not_open";
  BOOST_TEST(found(wrong::unexplained_refusal));
}

BOOST_AUTO_TEST_CASE(a_position_gap_is_found) {
  for (auto place = any_stored(); place < log().size(); ++place)
    ++log()[place].position;
  tell_as_stored();
  BOOST_TEST(found(wrong::position_gap));
}

BOOST_AUTO_TEST_CASE(a_version_gap_is_found) {
  const auto first = any_stored();
  for (auto place = first; place < log().size(); ++place)
    if (log()[place].stream == log()[first].stream)
      ++log()[place].version;
  tell_as_stored();
  BOOST_TEST(found(wrong::version_gap));
}

BOOST_AUTO_TEST_CASE(a_wrong_amount_is_found) {
  ++log()[any_stored()].amount;
  BOOST_TEST(found(wrong::wrong_event));
}

BOOST_AUTO_TEST_CASE(an_acknowledgement_of_another_version_is_found) {
  ++any_accepted()->version;
  BOOST_TEST(found(wrong::accepted_elsewhere));
}

BOOST_AUTO_TEST_CASE(an_acknowledgement_of_another_position_is_found) {
  --any_accepted()->position;
  BOOST_TEST(found(wrong::accepted_elsewhere));
}

BOOST_AUTO_TEST_CASE(another_answer_to_a_retry_is_found) {
  auto* again = any<answer>([](const answer& one) {
    return one.how == ended::accepted && one.repeated;
  });
  const auto id = intent_of(again->sending).command_id;
  // A command whose first answer was heard, or one that was twice repeated.
  ledger.told.emplace_back(
    intent{.sending = 1'000'000,
           .command_id = id,
           .account = intent_of(again->sending).account,
           .what = intent_of(again->sending).what,
           .amount = intent_of(again->sending).amount,
           .parts = intent_of(again->sending).parts,
           .reference = intent_of(again->sending).reference,
           .retry = true});
  ledger.told.emplace_back(answer{1'000'000, ended::accepted, again->version,
                                  again->position, false, ""});
  BOOST_TEST(found(wrong::changed_answer));
}

BOOST_AUTO_TEST_CASE(an_event_that_nobody_asked_for_is_found) {
  auto& event = log()[any_stored()];
  event.command_id = normal_id(to_string(name_uuid({}, "a stranger's")));
  BOOST_TEST(found(wrong::nobody_asked));
}

BOOST_AUTO_TEST_CASE(a_refused_command_that_is_stored_is_found) {
  auto* heard = any_accepted();
  const auto id = intent_of(heard->sending).command_id;
  for (auto& record : ledger.told)
    if (auto* one = std::get_if<answer>(&record);
        one && intent_of(one->sending).command_id == id)
      *one = {one->sending, ended::rejected, 0, 0, false, "insufficient_funds"};
  BOOST_TEST(found(wrong::denied_but_stored));
}

BOOST_AUTO_TEST_CASE(a_command_that_is_stored_though_it_failed_is_found) {
  const auto id = intent_of(any_accepted()->sending).command_id;
  // Every sending of it is said to have stored nothing.
  std::set<std::int64_t> answered;
  for (auto& record : ledger.told)
    if (auto* one = std::get_if<answer>(&record);
        one && intent_of(one->sending).command_id == id) {
      *one = {one->sending, ended::failed, 0, 0, false, "unavailable"};
      answered.insert(one->sending);
    }
  for (std::size_t each = 0; each < ledger.told.size(); ++each) {
    const auto* said = std::get_if<intent>(&ledger.told[each]);
    if (said && said->command_id == id && answered.insert(said->sending).second)
      ledger.told.insert(
        ledger.told.begin() + static_cast<std::ptrdiff_t>(each) + 1,
        answer{said->sending, ended::failed, 0, 0, false, "unavailable"});
  }
  BOOST_TEST(found(wrong::denied_but_stored));
}

BOOST_AUTO_TEST_CASE(events_stored_against_real_time_are_found) {
  // The first opening, known to be stored long before the last command was
  // sent, goes to the end of the log with its stream's versions in order.
  auto last = log().back();
  log().pop_back();
  log().insert(log().begin(), last);
  make_dense();
  tell_as_stored();
  BOOST_TEST(found(wrong::out_of_order));
}

BOOST_AUTO_TEST_CASE(a_balance_below_the_limit_is_found) {
  auto& event = log()[any_stored(
    [](const stored_event& one) { return one.type == "account.withdrawn"; })];
  event.amount = 1'000'000;
  for (auto& record : ledger.told)
    if (auto* said = std::get_if<intent>(&record);
        said && normal_id(said->command_id) == event.command_id)
      said->amount = event.amount;
  BOOST_TEST(found(wrong::below_limit));
  BOOST_TEST(found(wrong::impossible_event));
}

BOOST_AUTO_TEST_CASE(money_that_never_arrives_is_found) {
  const auto place = any_stored([&](const stored_event& one) {
    return one.type == "account.deposited"
           && !one.reference.starts_with("opening");
  });
  const auto id = log()[place].command_id;
  std::erase_if(log(), [&](const auto& one) { return one.command_id == id; });
  std::set<std::int64_t> gone;
  std::erase_if(ledger.told, [&](const history_record& record) {
    if (const auto* said = std::get_if<intent>(&record);
        said && normal_id(said->command_id) == id)
      return gone.insert(said->sending).second;
    const auto* heard = std::get_if<answer>(&record);
    return heard != nullptr && gone.contains(heard->sending);
  });
  make_dense();
  tell_as_stored();
  BOOST_TEST(found(wrong::unbalanced_money));
}

BOOST_AUTO_TEST_CASE(silence_is_found) {
  std::size_t last_death = 0;
  for (std::size_t each = 0; each < ledger.told.size(); ++each)
    if (std::holds_alternative<server_gone>(ledger.told[each]))
      last_death = each;
  const auto silent = std::find_if(
    ledger.told.begin() + static_cast<std::ptrdiff_t>(last_death),
    ledger.told.end(), [](const history_record& record) {
      return std::holds_alternative<answer>(record);
    });
  ledger.told.erase(silent);
  BOOST_TEST(found(wrong::no_answer));
}

BOOST_AUTO_TEST_CASE(a_second_answer_is_found) {
  ledger.told.emplace_back(*any_accepted());
  BOOST_TEST(found(wrong::broken_history));
}

BOOST_AUTO_TEST_SUITE_END()

// A refusal that was decided on a state that the crash took away: the
// withdrawal before it was stored by its retry only.
BOOST_AUTO_TEST_CASE(a_refusal_on_a_state_that_never_was_is_found) {
  const auto id = [](const char* name) {
    return to_string(name_uuid({}, name));
  };
  const auto told = [&](bool was_stored_by_the_first) {
    return history{
      intent{1, id("open"), "1", asked::open, 0, 1, "opening", false},
      answer{1, ended::accepted, 1, 1, false, ""},
      intent{2, id("in"), "1", asked::deposit, 100, 1, "opening", false},
      answer{2, ended::accepted, 2, 2, false, ""},
      intent{3, id("first"), "1", asked::withdraw, 80, 1, "a", false},
      intent{4, id("second"), "1", asked::withdraw, 80, 1, "b", false},
      answer{4, ended::rejected, 0, 0, false, "insufficient_funds"},
      server_gone{},
      intent{5, id("first"), "1", asked::withdraw, 80, 1, "a", true},
      answer{5, ended::accepted, 3, 3, was_stored_by_the_first, ""},
    };
  };
  const std::vector<stored_event> log{
    {1, "account-1", 1, "account.opened", normal_id(id("open")), 0, ""},
    {2, "account-1", 2, "account.deposited", normal_id(id("in")), 100,
     "opening"},
    {3, "account-1", 3, "account.withdrawn", normal_id(id("first")), 80, "a"}};
  BOOST_TEST(check_history(told(true), log, load_phase::under_way).empty());
  const auto found = check_history(told(false), log, load_phase::under_way);
  BOOST_REQUIRE(found.size() == 1U);
  BOOST_TEST((found.front().what == wrong::unexplained_refusal));
}

} // namespace cafes::soak
