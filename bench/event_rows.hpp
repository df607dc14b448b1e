// SPDX-License-Identifier: MIT
#pragma once

#include "bench/fast_random.hpp"
#include "bench/postgres.hpp"

#include <cafes/uuid.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cafes::bench {

/// One row of `events`, as the runtime would write it.
struct event_row {
  std::int64_t position = 0;
  std::int64_t stream_id = 0;
  std::int32_t version = 0;
  std::int32_t type_id = 0;
  /// Microseconds since 2000, as PostgreSQL counts.
  std::int64_t recorded_at = 0;
  uuid command_id;
};

/// Makes the rows of deposits to accounts that are open already, in the same
/// order of streams in which the bench sends commands: at random, by a seed.
/// All guarantees hold for them: positions and versions are dense.
/// Thread: one at a time.
class event_rows {
public:
  struct stream_end {
    std::int64_t stream_id = 0;
    std::int32_t version = 0;
  };

  event_rows(std::vector<stream_end> streams, std::int64_t head,
             std::int32_t type_id);

  /// Continues what stands in the session's schema.
  static event_rows after(const session& on, std::string_view type_name);

  /// The next row, of a stream at random.
  event_row next();

  /// Now, as recorded_at.
  [[nodiscard]] static std::int64_t now();

private:
  std::vector<stream_end> streams_;
  std::int64_t head_;
  std::int32_t type_id_;
  std::int64_t recorded_at_ = now();
  fast_random random_{1};
};

} // namespace cafes::bench
