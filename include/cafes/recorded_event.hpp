// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/position.hpp>
#include <cafes/stream.hpp>
#include <cafes/timestamp.hpp>
#include <cafes/uuid.hpp>

#include <string>

namespace cafes {

/// Who asked for an event and in what chain of causes. Nil ids mean "none".
struct provenance {
  uuid command_id;
  uuid correlation_id;
  uuid causation_id;

  bool operator==(const provenance&) const = default;
};

/// One event as the log keeps it.
struct recorded_event {
  position at;
  stream_name stream;
  version at_version;
  std::string type;
  int schema_version = 0;
  timestamp recorded_at{};
  provenance from;
  /// JSON text of the event's fields.
  std::string data;
  /// JSON text, empty when there is none.
  std::string metadata;
};

} // namespace cafes
