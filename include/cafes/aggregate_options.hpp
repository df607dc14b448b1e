// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>

namespace cafes {

/// How the instances of one aggregate type are kept. A snapshot is a cache:
/// it shortens recovery and is never needed.
struct aggregate_options {
  /// Events after which a snapshot is taken; 0 takes none and uses none. More
  /// often costs writes, less often makes recovery longer.
  std::int64_t snapshot_every = 500;
  /// A recovery whose reading took longer than this also leads to a snapshot.
  std::chrono::milliseconds snapshot_after{250};
};

} // namespace cafes
