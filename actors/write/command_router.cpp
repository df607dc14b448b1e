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

/// All are told the same in portions: CAF takes work from the end of a worker's
/// queue by walking through all of it.
constexpr std::size_t told_at_once = 200;

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
  self_->set_exit_handler([this](const caf::exit_msg&) {
    lost_ = error{errc::shutting_down, "the runtime is being stopped"};
    stop_some();
  });
  if (limits_.idle_max.count() > 0)
    self_->delayed_send(self_, limits_.idle_max / looks_per_idle_time,
                        look_for_idle{});
  return {
    [this](envelope_ptr& envelope) { forward(envelope); },
    [this](const leave_answer& answer) { decide_leave(answer); },
    [this](const aggregate_ended& ended) { forget(ended); },
    [this](look_for_idle) {
      ask_idle();
      self_->delayed_send(self_, limits_.idle_max / looks_per_idle_time,
                          look_for_idle{});
    },
    [this](const log_lost& lost) { lose(lost.why); },
    [this](tell_more_of_loss) { tell_some_of_loss(); },
    [this](stop_more) { stop_some(); },
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
  auto started = self_->spawn(aggregate_actor, around, stream,
                              caf::actor_cast<caf::actor>(self_));
  ++around->counted->aggregates;
  return live_.add(stream, std::move(started));
}

/// None when another incarnation has its place.
live_aggregate* command_router::find(const stream_name& stream,
                                     caf::actor_id actor) {
  auto* found = live_.find(stream);
  return found != nullptr && found->actor.id() == actor ? found : nullptr;
}

void command_router::forget(const aggregate_ended& ended) {
  if (auto* gone = find(ended.stream, ended.sender))
    erase(*gone);
}

void command_router::erase(live_aggregate& gone) {
  --types_.find(gone.stream->category)->second->counted->aggregates;
  live_.erase(gone);
}

/// The aggregates' states are another owner's now. They end by themselves:
/// only they can say why to those who wait there.
void command_router::lose(const error& why) {
  if (!std::exchange(lost_, why))
    tell_some_of_loss();
}

/// Who is being asked to leave is told when it answers.
void command_router::tell_some_of_loss() {
  for (std::size_t told = 0; told < told_at_once; ++told) {
    auto* one = live_.oldest();
    if (one == nullptr)
      return;
    live_.ask(*one);
    self_->send(one->actor, log_lost{*lost_});
  }
  self_->send(self_, tell_more_of_loss{});
}

void command_router::stop_some() {
  for (std::size_t told = 0; told < told_at_once; ++told) {
    auto* one = live_.any();
    if (one == nullptr)
      return self_->quit(caf::exit_reason::user_shutdown);
    self_->send_exit(one->actor, caf::exit_reason::user_shutdown);
    erase(*one);
  }
  self_->send(self_, stop_more{});
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
  auto* asked = find(answer.stream, answer.sender);
  if (asked == nullptr || !asked->is_asked)
    return;
  if (lost_)
    return self_->send(asked->actor, log_lost{*lost_});
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
