// SPDX-License-Identifier: MIT
#include "tests/soak/sendings.hpp"

#include <algorithm>
#include <cctype>

namespace cafes::soak {

namespace {

bool is_same_command(const intent& left, const intent& right) {
  return left.account == right.account && left.what == right.what
         && left.amount == right.amount && left.parts == right.parts
         && left.reference == right.reference;
}

/// One pass over the history, from its beginning to its end.
class history_pass {
public:
  explicit history_pass(std::vector<finding>& found) : found_{found} {}

  void take(const intent& said) {
    const auto id = normal_id(said.command_id);
    auto& command = commands_[id];
    if (!command.sendings.empty() && !is_same_command(command.said(), said))
      blame(said.command_id + " is the id of two commands");
    sending begun;
    begun.said = &said;
    begun.sent_at = line_;
    begun.known_version = known_versions_[said.account];
    begun.known_position = known_position_;
    const place where{&command, command.sendings.size()};
    command.sendings.push_back(begun);
    if (!places_.try_emplace(said.sending, where).second)
      blame("sending " + std::to_string(said.sending) + " began before");
    open_.push_back(where);
  }

  void take(const answer& heard) {
    const auto where = places_.find(heard.sending);
    if (where == places_.end())
      return blame("sending " + std::to_string(heard.sending)
                   + " is answered and was never sent");
    auto& answered = where->second.get();
    if (answered.heard != nullptr)
      return blame("sending " + std::to_string(heard.sending)
                   + " is answered twice");
    answered.heard = &heard;
    answered.heard_at = line_;
    if (heard.how != ended::accepted)
      return;
    auto& known = known_versions_[answered.said->account];
    known = std::max(known, heard.version);
    known_position_ = std::max(known_position_, heard.position);
  }

  void take(const server_gone&) {
    for (const auto& each : open_)
      each.get().server_died = true;
    open_.clear();
  }

  void next_line() { ++line_; }

  sent_commands end(load_phase phase) {
    for (const auto& each : open_)
      if (phase == load_phase::at_rest && each.get().heard == nullptr)
        found_.push_back(
          {wrong::no_answer,
           "sending " + std::to_string(each.get().said->sending)});
    return std::move(commands_);
  }

private:
  /// Sendings move when their command gets another; maps' nodes do not.
  struct place {
    sent_command* command;
    std::size_t index;
    [[nodiscard]] sending& get() const { return command->sendings[index]; }
  };

  void blame(const std::string& words) {
    found_.push_back({wrong::broken_history,
                      "line " + std::to_string(line_ + 1) + ": " + words});
  }

  std::vector<finding>& found_;
  sent_commands commands_;
  std::unordered_map<std::int64_t, place> places_;
  std::unordered_map<std::string, std::int64_t> known_versions_;
  std::int64_t known_position_ = 0;
  /// Since the server was last gone.
  std::vector<place> open_;
  std::size_t line_ = 0;
};

} // namespace

std::string normal_id(std::string_view command_id) {
  std::string normal;
  for (const char each : command_id)
    if (each != '-')
      normal.push_back(
        static_cast<char>(std::tolower(static_cast<unsigned char>(each))));
  return normal;
}

bool sending::may_have_stored() const {
  if (heard == nullptr)
    return true;
  // The only error after which something may be stored (docs/errors.md).
  if (heard->how == ended::failed)
    return heard->word == "outcome_unknown";
  return heard->how == ended::accepted && !heard->repeated;
}

const sending* sent_command::source() const {
  const sending* first = nullptr;
  for (const auto& each : sendings) {
    if (each.is(ended::accepted) && !each.heard->repeated)
      return &each;
    // Whoever is refused asked when nobody before him had stored it.
    if (each.is(ended::rejected))
      first = nullptr;
    else if (first == nullptr && each.may_have_stored())
      first = &each;
  }
  return first;
}

sent_commands sort_by_command(const history& told, load_phase phase,
                              std::vector<finding>& found) {
  history_pass pass{found};
  for (const auto& record : told) {
    std::visit([&](const auto& one) { pass.take(one); }, record);
    pass.next_line();
  }
  return pass.end(phase);
}

} // namespace cafes::soak
