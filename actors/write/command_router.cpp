// SPDX-License-Identifier: MIT
#include "actors/write/command_router.hpp"

#include "actors/fault_injection.hpp"

#include <caf/event_based_actor.hpp>

#include <algorithm>
#include <utility>

namespace cafes::actors {

namespace {

/// An idle aggregate leaves after its time and at most one part in so many
/// later.
constexpr int looks_per_idle_time = 4;

/// Aggregates also grow while they are used: looked at after so many commands.
constexpr std::uint64_t commands_per_look = 1024;

} // namespace

caf::behavior command_router_actor(command_router::actor_type* self,
                                   aggregate_types types,
                                   passivation_limits limits) {
  return self->state.start(std::move(types), limits);
}

caf::behavior command_router::start(aggregate_types types,
                                    const passivation_limits& limits) {
  types_ = std::move(types);
  limits_ = limits;
  self_->set_down_handler(
    [this](const caf::down_msg& down) { forget(down.source); });
  self_->set_exit_handler([this](const caf::exit_msg& exit) {
    stop_all();
    self_->quit(exit.reason);
  });
  if (limits_.idle_max.count() > 0)
    self_->delayed_send(self_, limits_.idle_max / looks_per_idle_time,
                        look_for_idle{});
  return {
    [this](envelope_ptr& envelope) { forward(envelope); },
    [this](const leave_answer& answer) { decide_leave(answer); },
    [this](look_for_idle) {
      ask_idle();
      self_->delayed_send(self_, limits_.idle_max / looks_per_idle_time,
                          look_for_idle{});
    },
    [this](const log_lost& lost) { lose(lost.why); },
  };
}

void command_router::forward(envelope_ptr& envelope) {
  if (lost_)
    return envelope->fail(*lost_);
  const auto& stream = envelope->given().stream;
  auto* found = live_.find(stream);
  const bool is_new = found == nullptr;
  auto& to = is_new ? activate(stream) : *found;
  live_.touch(to, round_);
  self_->send(to.actor, std::move(envelope));
  if (is_new || ++forwarded_ % commands_per_look == 0)
    keep_within_limits();
}

live_aggregate& command_router::activate(const stream_name& stream) {
  const auto& around = types_.find(stream.category)->second;
  auto started = self_->spawn<caf::monitored>(aggregate_actor, around, stream);
  ++around->counted->aggregates;
  return live_.add(stream, std::move(started));
}

void command_router::forget(const caf::actor_addr& ended) {
  if (auto* gone = live_.find(ended.id()))
    erase(*gone);
}

void command_router::erase(live_aggregate& gone) {
  --types_.find(gone.stream->category)->second->counted->aggregates;
  live_.erase(gone);
}

/// The aggregates' states are another owner's now. They end by themselves:
/// only they can say why to those who wait there.
void command_router::lose(const error& why) {
  lost_ = why;
  live_.each(
    [&](live_aggregate& one) { self_->send(one.actor, log_lost{why}); });
}

void command_router::stop_all() {
  live_.each([this](live_aggregate& one) {
    self_->send_exit(one.actor, caf::exit_reason::user_shutdown);
  });
  live_.clear();
}

// -- passivation --------------------------------------------------------------

/// Asks the least recently used as many as are too many. Those at work stay,
/// and the next ones are asked with the next new aggregate.
void command_router::keep_within_limits() {
  const auto& counted = *types_.begin()->second->counted;
  const auto live = live_.size();
  const auto mean = std::max<std::size_t>(1, counted.aggregate_bytes / live);
  const auto fit = std::min(limits_.live_max, limits_.bytes_max / mean);
  for (auto asked = live_.asked(); live - asked > fit; ++asked) {
    auto* oldest = live_.oldest();
    if (oldest == nullptr)
      return;
    live_.ask(*oldest);
    self_->send(oldest->actor, leave_question{});
  }
}

void command_router::ask_idle() {
  ++round_;
  for (;;) {
    auto* oldest = live_.oldest();
    if (oldest == nullptr || oldest->used_in + looks_per_idle_time >= round_)
      return;
    live_.ask(*oldest);
    self_->send(oldest->actor, leave_question{});
  }
}

void command_router::decide_leave(const leave_answer& answer) {
  auto* asked = live_.find(answer.sender);
  if (asked == nullptr || !asked->is_asked)
    return;
  const bool has_all = answer.received == asked->forwarded
                       || is_planted(planted_bug::ticketless_passivation);
  if (!answer.idle || !has_all)
    return live_.keep(*asked, round_);
  auto& counted = *types_.find(asked->stream->category)->second->counted;
  ++counted.passivated;
  self_->send_exit(asked->actor, caf::exit_reason::user_shutdown);
  erase(*asked);
}

} // namespace cafes::actors
