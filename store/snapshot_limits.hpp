// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_reader.hpp"
#include "store/snapshot.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace cafes::store {

/// Checks snapshots before a backend touches them.
/// Errors: limit_exceeded, invalid_argument.
[[nodiscard]] expected<void>
check_snapshots(std::span<const kept_snapshot> some);

/// Checks what recover is asked for. Errors: limit_exceeded.
[[nodiscard]] expected<void>
check_recovery(std::span<const recovery_request> streams,
               std::size_t events_max);

/// Cuts snapshots into runs that can be written at once: each stream at most
/// once, and limits::snapshot_bytes_max together.
[[nodiscard]] std::vector<std::span<const kept_snapshot>>
in_batches(std::span<const kept_snapshot> some);

} // namespace cafes::store
