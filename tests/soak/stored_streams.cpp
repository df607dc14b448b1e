// SPDX-License-Identifier: MIT
#include "tests/soak/stored_streams.hpp"

#include "tests/soak/decide_intent.hpp"

#include <algorithm>

namespace cafes::soak {

namespace {

std::string place_of(const test::stored_event& event) {
  return event.stream + " version " + std::to_string(event.version)
         + " at position " + std::to_string(event.position);
}

/// One pass over the log, from its beginning to its end.
class log_pass {
public:
  log_pass(const sent_commands& sent, std::vector<finding>& found)
    : sent_{sent}, found_{found} {}

  void take(const test::stored_event& event) {
    if (event.position != last_position_ + 1)
      blame(wrong::position_gap, event);
    last_position_ = event.position;
    fold(event);
    auto& effect = sorted_.effects[normal_id(event.command_id)];
    if (!effect.events.empty())
      effect.is_scattered |= last_ != effect.events.back();
    effect.stream = event.stream;
    effect.events.push_back(&event);
    last_ = &event;
  }

  stored_streams end() { return std::move(sorted_); }

private:
  void fold(const test::stored_event& event) {
    auto& stream = sorted_.streams[event.stream];
    if (event.version != std::ssize(stream.states))
      blame(wrong::version_gap, event);
    auto state = stream.states.back();
    if (!soak::fold(state, event))
      blame(wrong::wrong_event, event);
    if (state.balance.count() + state.overdraft_limit.count() < 0)
      blame(wrong::below_limit, event);
    stream.states.push_back(state);
    stream.begun_at.push_back(std::max(stream.begun_at.back(), begun(event)));
  }

  [[nodiscard]] std::size_t begun(const test::stored_event& event) const {
    const auto command = sent_.find(normal_id(event.command_id));
    const auto* source = command == sent_.end() ? nullptr
                                                : command->second.source();
    return source == nullptr ? 0 : source->sent_at;
  }

  void blame(wrong what, const test::stored_event& event) {
    found_.push_back({what, place_of(event)});
  }

  const sent_commands& sent_;
  std::vector<finding>& found_;
  stored_streams sorted_;
  std::int64_t last_position_ = 0;
  const test::stored_event* last_ = nullptr;
};

} // namespace

std::size_t stored_stream::last_version_at(std::size_t time) const {
  const auto after = std::upper_bound(begun_at.begin(), begun_at.end(), time);
  return static_cast<std::size_t>(after - begun_at.begin()) - 1;
}

stored_streams sort_by_stream(const std::vector<test::stored_event>& log,
                              const sent_commands& sent,
                              std::vector<finding>& found) {
  log_pass pass{sent, found};
  for (const auto& event : log)
    pass.take(event);
  return pass.end();
}

} // namespace cafes::soak
