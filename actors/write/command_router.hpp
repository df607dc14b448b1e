// SPDX-License-Identifier: MIT
#pragma once

#include "actors/messages.hpp"
#include "actors/write/aggregate_actor.hpp"

#include <caf/actor.hpp>
#include <caf/behavior.hpp>
#include <caf/stateful_actor.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace cafes::actors {

using aggregate_types
  = std::map<std::string, std::shared_ptr<const aggregate_surroundings>,
             std::less<>>;

/// Finds or starts the actor of a command's stream. The only one that holds
/// handles of aggregates; one that ended is started again by the next command.
class command_router {
public:
  using actor_type = caf::stateful_actor<command_router>;

  explicit command_router(actor_type* self) : self_{self} {}

  caf::behavior start(aggregate_types types);

  const char* name = "command_router";

private:
  void forward(envelope_ptr& envelope);
  [[nodiscard]] caf::actor activate(const stream_name& stream);
  void forget(const caf::actor_addr& ended);
  void lose(const error& why);
  void stop_all();

  actor_type* self_;
  aggregate_types types_;
  std::unordered_map<stream_name, caf::actor> live_;
  std::unordered_map<caf::actor_addr, stream_name> names_;
  std::optional<error> lost_;
};

[[nodiscard]] caf::behavior
command_router_actor(command_router::actor_type* self, aggregate_types types);

} // namespace cafes::actors
