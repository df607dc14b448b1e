// SPDX-License-Identifier: MIT
#pragma once

#include "actors/messages.hpp"
#include "actors/write/aggregate_actor.hpp"
#include "actors/write/live_aggregates.hpp"

#include <caf/actor.hpp>
#include <caf/behavior.hpp>
#include <caf/stateful_actor.hpp>

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace cafes::actors {

using aggregate_types
  = std::map<std::string, std::shared_ptr<const aggregate_surroundings>,
             std::less<>>;

/// When aggregates leave memory.
struct passivation_limits {
  std::size_t live_max = 1'000'000'000;
  std::size_t bytes_max = static_cast<std::size_t>(-1);
  std::chrono::milliseconds idle_max{0}; // 0: never for being idle
};

/// Finds or starts the actor of a command's stream. The only one that holds
/// handles of aggregates; one that ended is started again by the next command.
///
/// It numbers what it forwards. An aggregate leaves only if it has received
/// all of it and has nothing to do: asked by one message, decided in one
/// handler, so no command is ever sent to one that is gone.
class command_router {
public:
  using actor_type = caf::stateful_actor<command_router>;

  explicit command_router(actor_type* self) : self_{self} {}

  caf::behavior start(aggregate_types types, const passivation_limits& limits);

  const char* name = "command_router";

private:
  void forward(envelope_ptr& envelope);
  [[nodiscard]] live_aggregate& activate(const stream_name& stream);
  [[nodiscard]] live_aggregate* find(const stream_name& stream,
                                     caf::actor_id actor);
  void forget(const aggregate_ended& ended);
  void erase(live_aggregate& gone);
  void lose(const error& why);
  void tell_some_of_loss();
  void stop_some();

  void keep_within_limits();
  void ask_idle();
  void decide_leave(const leave_answer& answer);

  actor_type* self_;
  aggregate_types types_;
  passivation_limits limits_;
  live_aggregates live_;
  std::uint64_t forwarded_ = 0;
  /// Moves on with each look for idle ones.
  std::uint64_t round_ = 0;
  std::optional<error> lost_;
};

[[nodiscard]] caf::behavior
command_router_actor(command_router::actor_type* self, aggregate_types types,
                     passivation_limits limits = {});

} // namespace cafes::actors
