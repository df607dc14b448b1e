// SPDX-License-Identifier: MIT
#pragma once

#include "actors/react/reactor_messages.hpp"
#include "actors/read/limited_thread.hpp"

#include <caf/behavior.hpp>
#include <caf/stateful_actor.hpp>

#include <chrono>
#include <string>

namespace cafes::actors {

/// Has one reaction at a time, and gives up on one that takes too long. On a
/// thread of its own, since it waits for it. The number of these actors bounds
/// the reactions of a reactor.
class reaction_runner {
public:
  using actor_type = caf::stateful_actor<reaction_runner>;

  explicit reaction_runner(actor_type* self) : self_{self} {}

  caf::behavior start(std::string reactor, std::chrono::milliseconds time_max);

  const char* name = "reaction_runner";

private:
  [[nodiscard]] reacted run(const react_order& order);

  actor_type* self_;
  std::string reactor_;
  std::chrono::milliseconds time_max_{0};
  limited_thread thread_;
};

[[nodiscard]] caf::behavior
reaction_runner_actor(reaction_runner::actor_type* self, std::string reactor,
                      std::chrono::milliseconds time_max);

} // namespace cafes::actors
