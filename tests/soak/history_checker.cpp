// SPDX-License-Identifier: MIT
#include "tests/soak/history_checker.hpp"

#include "tests/soak/decide_intent.hpp"
#include "tests/soak/sendings.hpp"
#include "tests/soak/stored_streams.hpp"

#include <algorithm>
#include <optional>

namespace cafes::soak {

namespace {

std::string describe(const sending& one) {
  return "sending " + std::to_string(one.said->sending) + " of "
         + one.said->command_id + " (" + std::string{to_string(one.said->what)}
         + " " + std::to_string(one.said->amount) + " to "
         + stream_of(*one.said) + "), line " + std::to_string(one.sent_at + 1);
}

/// A history and a log, side by side.
class comparison {
public:
  comparison(const history& told, const std::vector<test::stored_event>& log,
             load_phase phase)
    : phase_{phase},
      sent_{sort_by_command(told, phase, found_)},
      stored_{sort_by_stream(log, sent_, found_)} {}

  std::vector<finding> run(const std::vector<test::stored_event>& log) {
    for (const auto& [id, effect] : stored_.effects) {
      const auto command = sent_.find(id);
      if (id.empty() || command == sent_.end())
        blame(wrong::nobody_asked, place_of(effect));
      else
        compare_effect(command->second, effect);
    }
    for (const auto& [id, command] : sent_) {
      const auto effect = stored_.effects.find(id);
      compare_answers(
        command, effect == stored_.effects.end() ? nullptr : &effect->second);
    }
    follow_money(log);
    return std::move(found_);
  }

private:
  // -- what is stored ---------------------------------------------------------

  void compare_effect(const sent_command& command,
                      const stored_effect& effect) {
    const auto wanted = events_of(command.said());
    const auto stored = effect.events.size();
    if (stored > wanted)
      blame(wrong::stored_twice, place_of(effect));
    else if (stored < wanted || effect.is_scattered)
      blame(wrong::torn_command, place_of(effect));
    const auto event = wanted_by(command.said());
    for (const auto* each : effect.events)
      if (each->type != event.type || each->amount != event.amount
          || each->reference != event.reference
          || each->stream != stream_of(command.said()))
        blame(wrong::wrong_event, place_of(effect));
    check_was_possible(command, effect);
    check_order(command, effect);
  }

  void check_was_possible(const sent_command& command,
                          const stored_effect& effect) {
    const auto& states = stored_.streams.at(effect.stream).states;
    const auto before = effect.events.front()->version - 1;
    if (before < 0 || before >= std::ssize(states))
      return; // a gap, which has been found
    const auto& now = states[static_cast<std::size_t>(before)];
    if (decide(now, command.said()).refusal())
      blame(wrong::impossible_event, place_of(effect));
  }

  void check_order(const sent_command& command, const stored_effect& effect) {
    const auto* source = command.source();
    if (source == nullptr)
      return;
    const auto& first = *effect.events.front();
    if (first.version <= source->known_version
        || first.position <= source->known_position)
      blame(wrong::out_of_order,
            describe(*source) + " is " + place_of(effect) + ", when version "
              + std::to_string(source->known_version) + " and position "
              + std::to_string(source->known_position) + " were known");
  }

  // -- what was said ----------------------------------------------------------

  void compare_answers(const sent_command& command,
                       const stored_effect* effect) {
    const answer* first = nullptr;
    for (const auto& each : command.sendings) {
      if (each.is(ended::accepted)) {
        compare_acceptance(each, effect);
        compare_with_first(each, first);
        if (first == nullptr)
          first = each.heard;
      } else if (each.is(ended::rejected)) {
        explain_refusal(each);
      }
    }
    if (effect != nullptr)
      check_denials(command);
  }

  void compare_acceptance(const sending& one, const stored_effect* effect) {
    if (effect == nullptr)
      return blame(wrong::accepted_not_stored, describe(one));
    const auto& last = *effect->events.back();
    if (last.version != one.heard->version
        || last.position != one.heard->position)
      blame(wrong::accepted_elsewhere, describe(one) + " was told version "
                                         + std::to_string(one.heard->version)
                                         + " and position "
                                         + std::to_string(one.heard->position)
                                         + ", and is " + place_of(*effect));
  }

  void compare_with_first(const sending& one, const answer* first) {
    if (first == nullptr)
      return;
    if (first->version != one.heard->version
        || first->position != one.heard->position || !one.heard->repeated)
      blame(wrong::changed_answer, describe(one));
  }

  /// Somewhere between what was known to be stored when it was sent and what
  /// can have been stored when it was answered there is a state that explains
  /// it. Windows are as short as few commands are under way at once.
  void explain_refusal(const sending& one) {
    static const stored_stream none;
    const auto found = stored_.streams.find(stream_of(*one.said));
    const auto& stream = found == stored_.streams.end() ? none : found->second;
    const auto last = stream.last_version_at(one.heard_at);
    for (auto each = static_cast<std::size_t>(one.known_version); each <= last;
         ++each) {
      const auto reason = decide(stream.states[each], *one.said).refusal();
      if (reason && bank::to_string(*reason) == one.heard->word)
        return;
    }
    blame(wrong::unexplained_refusal, describe(one) + ": " + one.heard->word
                                        + " at no version from "
                                        + std::to_string(one.known_version)
                                        + " to " + std::to_string(last));
  }

  /// The command is stored: those who were told that it is not must have asked
  /// before it was sent by the one who stored it.
  void check_denials(const sent_command& command) {
    const auto* source = command.source();
    const auto denied
      = std::find_if(command.sendings.begin(), command.sendings.end(),
                     [](const sending& one) { return one.is_denied(); });
    if (source == nullptr && denied != command.sendings.end())
      return blame(wrong::denied_but_stored,
                   describe(*denied) + ": nobody else can have stored it");
    if (source == nullptr)
      return blame(wrong::changed_answer,
                   describe(command.sendings.front())
                     + ": the first answer says that it is not the first");
    for (const auto& each : command.sendings)
      if (each.is(ended::rejected) && each.heard_at > source->sent_at)
        blame(wrong::denied_but_stored, describe(each));
  }

  // -- money ------------------------------------------------------------------

  void follow_money(const std::vector<test::stored_event>& log) {
    std::unordered_map<std::string, std::int64_t> under_way;
    for (const auto& event : log) {
      if (event.reference.starts_with("opening"))
        continue;
      auto& sum = under_way[event.reference];
      if (event.type == bank::withdrawn::event_name)
        sum += event.amount;
      else if (event.type == bank::deposited::event_name)
        sum -= event.amount;
      if (sum < 0)
        blame(wrong::unbalanced_money, event.reference
                                         + ": deposited before it was "
                                           "withdrawn");
    }
    if (phase_ == load_phase::at_rest)
      for (const auto& [reference, sum] : under_way)
        if (sum > 0)
          blame(wrong::unbalanced_money, reference + ": " + std::to_string(sum)
                                           + " cents never arrived");
  }

  static std::string place_of(const stored_effect& effect) {
    const auto& first = *effect.events.front();
    return "command " + first.command_id + ", " + first.type + " in "
           + effect.stream + " version " + std::to_string(first.version)
           + " at position " + std::to_string(first.position);
  }

  void blame(wrong what, std::string words) {
    found_.push_back({what, std::move(words)});
  }

  std::vector<finding> found_;
  load_phase phase_;
  sent_commands sent_;
  stored_streams stored_;
};

} // namespace

std::string_view to_string(wrong what) {
  switch (what) {
    case wrong::position_gap:
      return "position_gap";
    case wrong::version_gap:
      return "version_gap";
    case wrong::torn_command:
      return "torn_command";
    case wrong::stored_twice:
      return "stored_twice";
    case wrong::nobody_asked:
      return "nobody_asked";
    case wrong::wrong_event:
      return "wrong_event";
    case wrong::impossible_event:
      return "impossible_event";
    case wrong::below_limit:
      return "below_limit";
    case wrong::accepted_not_stored:
      return "accepted_not_stored";
    case wrong::accepted_elsewhere:
      return "accepted_elsewhere";
    case wrong::changed_answer:
      return "changed_answer";
    case wrong::denied_but_stored:
      return "denied_but_stored";
    case wrong::unexplained_refusal:
      return "unexplained_refusal";
    case wrong::out_of_order:
      return "out_of_order";
    case wrong::unbalanced_money:
      return "unbalanced_money";
    case wrong::no_answer:
      return "no_answer";
    case wrong::broken_history:
      return "broken_history";
  }
  return "unknown";
}

std::ostream& operator<<(std::ostream& out, const finding& found) {
  return out << to_string(found.what) << ": " << found.words;
}

std::vector<finding> check_history(const history& told,
                                   const std::vector<test::stored_event>& log,
                                   load_phase phase) {
  return comparison{told, log, phase}.run(log);
}

} // namespace cafes::soak
