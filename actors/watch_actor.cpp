// SPDX-License-Identifier: MIT
#include "actors/watch_actor.hpp"

#include "actors/messages.hpp"

#include <caf/event_based_actor.hpp>

#include <chrono>
#include <utility>

namespace cafes::actors {

namespace {

constexpr std::chrono::milliseconds pulse{100};

} // namespace

caf::behavior watch_actor(caf::event_based_actor* self,
                          std::shared_ptr<command_watch> watch) {
  self->delayed_send(self, pulse, look_at_clock{});
  return {[self, watch = std::move(watch)](look_at_clock) {
    watch->expire(command_envelope::clock::now());
    self->delayed_send(self, pulse, look_at_clock{});
  }};
}

} // namespace cafes::actors
