// SPDX-License-Identifier: MIT
#pragma once

#include "actors/command_watch.hpp"

#include <caf/behavior.hpp>
#include <caf/fwd.hpp>

#include <memory>

namespace cafes::actors {

/// Looks at the clock ten times a second for all commands under way. On a
/// thread of its own, so that it also answers when the scheduler's are busy.
[[nodiscard]] caf::behavior watch_actor(caf::event_based_actor* self,
                                        std::shared_ptr<command_watch> watch);

} // namespace cafes::actors
