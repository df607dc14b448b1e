// SPDX-License-Identifier: MIT
#include "actors/supervisor.hpp"

#include <caf/event_based_actor.hpp>

#include <string>
#include <utility>

namespace cafes::actors {

namespace {

/// In a row and without progress, of a kind that does not pass by itself.
constexpr std::uint64_t failures_max = 10;

} // namespace

caf::behavior supervisor_actor(supervisor::actor_type* self,
                               std::vector<supervised> children,
                               restart_pauses pauses) {
  return self->state.start(std::move(children), pauses);
}

caf::behavior supervisor::start(std::vector<supervised> children,
                                restart_pauses pauses) {
  pauses_ = pauses;
  self_->set_down_handler(
    [this](const caf::down_msg& down) { mourn(down.source); });
  self_->set_exit_handler([this](const caf::exit_msg& exit) {
    for (const auto& each : children_) {
      each.what.progress->stopped();
      if (each.actor)
        self_->send_exit(each.actor, exit.reason);
    }
    self_->quit(exit.reason);
  });
  for (auto& what : children)
    children_.push_back({std::move(what), {}, {}, 0});
  for (auto& each : children_)
    launch(each);
  return {
    [this](start_again again) {
      auto& each = children_[again.child];
      each.what.progress->restarting();
      launch(each);
    },
  };
}

void supervisor::launch(child& started) {
  started.started_at = started.what.progress->secured();
  started.actor = started.what.start(self_);
  self_->monitor(started.actor);
}

void supervisor::mourn(const caf::actor_addr& ended) {
  for (std::size_t index = 0; index < children_.size(); ++index) {
    auto& each = children_[index];
    if (!each.actor || each.actor.address() != ended)
      continue;
    each.actor = nullptr;
    const bool progressed = each.what.progress->secured() > each.started_at;
    each.failures_in_a_row = progressed ? 1 : each.failures_in_a_row + 1;
    if (each.failures_in_a_row > failures_max
        && !each.what.progress->may_pass()) {
      each.what.progress->give_up("it failed "
                                  + std::to_string(each.failures_in_a_row)
                                  + " times without progress, at last with "
                                  + each.what.progress->last_error());
      each.failures_in_a_row = 1;
    }
    each.what.progress->pausing();
    self_->delayed_send(self_,
                        restart_pause(pauses_, each.failures_in_a_row,
                                      static_cast<std::uint32_t>(chance_())),
                        start_again{index});
  }
}

} // namespace cafes::actors
