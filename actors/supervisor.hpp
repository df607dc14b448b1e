// SPDX-License-Identifier: MIT
#pragma once

#include "actors/messages.hpp"
#include "actors/read/projection_progress.hpp"
#include "actors/restart_policy.hpp"

#include <caf/actor.hpp>
#include <caf/behavior.hpp>
#include <caf/stateful_actor.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <random>
#include <vector>

namespace cafes::actors {

/// A child that is started again whenever it ends.
struct supervised {
  std::function<caf::actor(caf::event_based_actor*)> start;
  std::shared_ptr<projection_progress> progress;
};

/// Starts its children and starts them again when they fail, with growing
/// pauses; progress in between makes the pause short again.
class supervisor {
public:
  using actor_type = caf::stateful_actor<supervisor>;

  explicit supervisor(actor_type* self)
    : self_{self}, chance_{std::random_device{}()} {}

  caf::behavior start(std::vector<supervised> children, restart_pauses pauses);

  const char* name = "supervisor";

private:
  struct child {
    supervised what;
    caf::actor actor;
    position started_at;
    std::uint64_t failures_in_a_row = 0;
  };

  void launch(child& started);
  void mourn(const caf::actor_addr& ended);

  actor_type* self_;
  std::vector<child> children_;
  restart_pauses pauses_;
  std::mt19937 chance_;
};

[[nodiscard]] caf::behavior supervisor_actor(supervisor::actor_type* self,
                                             std::vector<supervised> children,
                                             restart_pauses pauses);

} // namespace cafes::actors
