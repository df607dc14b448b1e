// SPDX-License-Identifier: MIT
#include "actors/write/command_router.hpp"

#include <caf/event_based_actor.hpp>

#include <utility>

namespace cafes::actors {

caf::behavior command_router_actor(command_router::actor_type* self,
                                   aggregate_types types) {
  return self->state.start(std::move(types));
}

caf::behavior command_router::start(aggregate_types types) {
  types_ = std::move(types);
  self_->set_down_handler(
    [this](const caf::down_msg& down) { forget(down.source); });
  self_->set_exit_handler([this](const caf::exit_msg& exit) {
    stop_all();
    self_->quit(exit.reason);
  });
  return {
    [this](envelope_ptr& envelope) { forward(envelope); },
    [this](const log_lost& lost) { lose(lost.why); },
  };
}

void command_router::forward(envelope_ptr& envelope) {
  if (lost_)
    return envelope->fail(*lost_);
  const auto& stream = envelope->given().stream;
  auto found = live_.find(stream);
  if (found == live_.end())
    found = live_.emplace(stream, activate(stream)).first;
  self_->send(found->second, std::move(envelope));
}

caf::actor command_router::activate(const stream_name& stream) {
  const auto& around = types_.find(stream.category)->second;
  auto started = self_->spawn<caf::monitored>(aggregate_actor, around, stream);
  names_.emplace(started.address(), stream);
  ++around->counted->aggregates;
  return started;
}

void command_router::forget(const caf::actor_addr& ended) {
  const auto named = names_.find(ended);
  if (named == names_.end())
    return;
  const auto stream = std::move(named->second);
  names_.erase(named);
  --types_.find(stream.category)->second->counted->aggregates;
  const auto live = live_.find(stream);
  if (live != live_.end() && live->second.address() == ended)
    live_.erase(live);
}

/// The aggregates' states are another owner's now. They end by themselves:
/// only they can say why to those who wait there.
void command_router::lose(const error& why) {
  lost_ = why;
  for (const auto& [stream, actor] : live_)
    self_->send(actor, log_lost{why});
}

void command_router::stop_all() {
  for (const auto& [stream, actor] : std::exchange(live_, {}))
    self_->send_exit(actor, caf::exit_reason::user_shutdown);
}

} // namespace cafes::actors
