// SPDX-License-Identifier: MIT
#pragma once

#include "store/snapshot.hpp"

#include <cafes/expected.hpp>

#include <span>

namespace cafes::store {

/// Keeps snapshots, beside the log's writer and without disturbing it.
/// A lost connection is opened again on the next call.
/// Thread: one at a time; every function blocks.
class snapshot_writer {
public:
  virtual ~snapshot_writer() = default;

  /// Keeps the newest snapshot of each stream, as if one after the other.
  /// An older one never replaces a newer one of the same fingerprint; one of
  /// another fingerprint is always replaced. One that is ahead of its stream,
  /// or whose stream is not there, is left out.
  /// Anybody may keep snapshots. What is kept is durable when a later append
  /// is. After an error some may have been kept: repeat or forget.
  /// Limits: limits::snapshots_max of them; see stored_snapshot.
  /// Errors: limit_exceeded and invalid_argument (nothing was kept: leave the
  /// offender out), unavailable (later).
  [[nodiscard]] virtual expected<void> keep(std::span<const kept_snapshot> some)
    = 0;
};

} // namespace cafes::store
