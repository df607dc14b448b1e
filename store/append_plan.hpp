// SPDX-License-Identifier: MIT
#pragma once

#include "store/append.hpp"
#include "store/stored_streams.hpp"
#include "store/stream_numbers.hpp"

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

/// Where the next events go, and what is known of the numbers of streams.
struct log_end {
  position head;
  timestamp recorded_at{};
  stream_numbers* numbers = nullptr;
  const stored_streams* stored = nullptr;
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
  /// Appends that the known versions do not admit, or that count on one which
  /// is not stored, by index in the batch.
  std::vector<std::size_t> conflicts;
  /// The last position, once written.
  position head;
};

/// For each append of a batch the one before it that it counts on: the last
/// earlier one to its stream, if both are `loaded` and it expects the version
/// at which that one ends. none_before where there is none.
using append_chain = std::vector<std::size_t>;
inline constexpr auto none_before = static_cast<std::size_t>(-1);

[[nodiscard]] append_chain chain_of(std::span<const append_request> batch);

/// Lays out appends on the word of senders that have loaded their streams:
/// nothing is read. nullopt when one of them has not, or its stream's number
/// is not known to be stored: then the versions must be read first.
/// The plan points into the batch.
[[nodiscard]] std::optional<append_plan>
plan_loaded(std::span<const append_request> batch,
            std::span<const std::size_t> chosen, const log_end& end);

/// What the store says now, and what has become of the batch so far.
struct checked_state {
  const known_streams* known;
  const append_chain* chain;
  /// Ended without being stored anew, by index in the batch.
  const std::vector<bool>* failed;
};

/// Lays out appends against the versions that the store has now; those that
/// do not fit, or count on one that failed, become conflicts. It ends before
/// one that does not fit because of an earlier one: that is a conflict only
/// once the earlier one is stored.
[[nodiscard]] append_plan plan_checked(std::span<const append_request> batch,
                                       std::span<const std::size_t> chosen,
                                       const checked_state& state,
                                       const log_end& end);

} // namespace cafes::store
