// SPDX-License-Identifier: MIT
#pragma once

#include "store/append.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace cafes::store {

struct known_stream {
  stream_id id;
  version current;
};

using known_streams = std::map<stream_name, known_stream>;

/// Where the next events go.
struct log_end {
  position head;
  stream_id last_stream;
};

struct planned_stream {
  stream_id id;
  const stream_name* name;
};

struct planned_event {
  position at;
  stream_id stream;
  version at_version;
  const provenance* from;
  const new_event* event;
};

/// One append's place in a plan: `places[i]` answers the i-th append planned.
struct append_plan {
  timestamp recorded_at{};
  std::vector<planned_stream> new_streams;
  std::vector<planned_event> events;
  /// Index in the batch, and the outcome if the write succeeds.
  struct place {
    std::size_t index;
    appended outcome;
  };
  std::vector<place> places;
  /// Appends that the known versions do not admit, by index in the batch.
  std::vector<std::size_t> conflicts;
  log_end end;
};

/// Lays out appends on the word of senders that have loaded their streams:
/// nothing is read. nullopt when one of them has not, or does not know its
/// stream's number: then the versions must be read first.
/// The plan points into the batch.
[[nodiscard]] std::optional<append_plan>
plan_loaded(std::span<const append_request> batch,
            std::span<const std::size_t> chosen, const log_end& end,
            timestamp recorded_at);

/// Lays out appends against the versions that the store has now; those that
/// do not fit become conflicts. It ends before one that does not fit because
/// of an earlier one: that is a conflict only once the earlier one is stored.
[[nodiscard]] append_plan
plan_checked(std::span<const append_request> batch,
             std::span<const std::size_t> chosen, const known_streams& known,
             const log_end& end, timestamp recorded_at);

} // namespace cafes::store
