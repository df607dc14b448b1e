// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/position.hpp>
#include <cafes/timestamp.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace cafes {

/// Why an event was set aside.
enum class parking_reason {
  /// The `key` or `apply` of a projection, the `key` or `react` of a reactor,
  /// failed.
  handler,
  /// The event does not decode, or its type and version are not registered.
  unreadable,
  /// The document it belongs to does not decode, or cannot be stored.
  document,
  /// An earlier event of the same key is parked: in order, or not at all.
  behind,
};

[[nodiscard]] std::string_view to_string(parking_reason reason);

/// What is to become of a parked event.
enum class parked_wish {
  none,
  /// Apply it, as soon as the projection comes to it.
  retry,
  /// Forget it: the view goes on as if it had never happened.
  drop,
};

[[nodiscard]] std::string_view to_string(parked_wish wish);

/// An event that a projection or a reactor has set aside, with the later ones
/// of its key, so that the rest goes on. Nothing of it is in the view.
struct parked_event {
  position at;
  /// The document that it belongs to; where no key could be made, its stream
  /// ("account-42"): then later events of the stream wait behind it.
  std::string key;
  bool is_stream = false;
  parking_reason reason = parking_reason::handler;
  /// What was thrown, at most limits::parked_message_bytes_max.
  std::string message;
  /// How often it was tried; 0 for one that is only behind another.
  std::int64_t attempts = 0;
  timestamp parked_at{};
  parked_wish wish = parked_wish::none;

  bool operator==(const parked_event&) const = default;
};

} // namespace cafes
