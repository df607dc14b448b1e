// SPDX-License-Identifier: MIT
#pragma once

#include "actors/messages.hpp"

#include <cafes/detail/reactor_type.hpp>

#include <caf/actor.hpp>
#include <caf/allowed_unsafe_message_type.hpp>

#include <cstddef>
#include <memory>
#include <optional>

// What a reactor and its runners say to each other. As in actors/messages.hpp,
// none of it crosses a process.

namespace cafes::actors {

/// reactor -> runner
struct react_order {
  std::shared_ptr<detail::reactor_handlers> handlers;
  std::shared_ptr<const recorded_event> event;
  int attempt = 0;
  /// Which runner it is.
  std::size_t runner = 0;
  caf::actor sender;
};

/// runner -> reactor. One for each order.
struct reacted {
  position at;
  std::size_t runner = 0;
  std::optional<detail::reaction_failure> failed;
  /// Its thread is lost.
  bool is_late = false;
};

/// reactor -> itself: store how far it is.
struct keep_cursor {};

/// reactor -> itself: an event may be tried again.
struct wake_up {};

} // namespace cafes::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::react_order)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::reacted)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::keep_cursor)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cafes::actors::wake_up)
