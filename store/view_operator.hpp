// SPDX-License-Identifier: MIT
#pragma once

#include "store/view_builds.hpp"
#include "store/view_identity.hpp"

#include <cafes/expected.hpp>
#include <cafes/parked.hpp>
#include <cafes/position.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cafes::store {

/// How a view stands, whoever builds it.
struct view_state {
  position checkpoint;
  /// Why it is paused, while it is.
  std::optional<std::string> paused;
  std::int64_t parked = 0;
  view_builds builds;
  /// How far the target is; 0 without one.
  position target_checkpoint;
};

/// What people ask of a view that some process builds, maybe another one. It
/// is written down; the worker that holds the claim obeys at its next look. All
/// is about the live build.
/// Thread: one at a time; every function blocks.
/// Errors of all: unavailable (later), invalid_argument (nobody has created
/// this view).
class view_operator {
public:
  virtual ~view_operator() = default;

  [[nodiscard]] virtual expected<view_state> state(const view_identity& view)
    = 0;

  /// Stops the view where it is until `resume`, also over restarts.
  /// Limits: `why` is at most limits::parked_message_bytes_max.
  /// Errors: limit_exceeded, invalid_argument (`why` is no text).
  [[nodiscard]] virtual expected<void>
  pause(const view_identity& view, const std::string& why) = 0;
  [[nodiscard]] virtual expected<void> resume(const view_identity& view) = 0;

  /// Parked events after a position, in order of position.
  /// Limits: `limit` is 1 to limits::page_parked_max.
  [[nodiscard]] virtual expected<std::vector<parked_event>>
  parked(const view_identity& view, position after, std::size_t limit) = 0;

  /// Wishes for the parked events of a key, or for all of the view. Returns how
  /// many there are.
  [[nodiscard]] virtual expected<std::int64_t>
  wish(const view_identity& view, const std::optional<std::string>& key,
       parked_wish wish)
    = 0;

  /// Changes which builds there are, as store::changed says; what is not there
  /// any more is dropped with its documents. Returns the builds after it.
  /// Errors: those of store::changed; unavailable also where somebody reads
  /// what is to be dropped; outcome_unknown (look at `state`).
  [[nodiscard]] virtual expected<view_builds>
  change(const view_identity& view, build_change wanted) = 0;
};

} // namespace cafes::store
