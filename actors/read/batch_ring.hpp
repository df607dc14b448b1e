// SPDX-License-Identifier: MIT
#pragma once

#include "actors/messages.hpp"

#include <cstddef>
#include <deque>
#include <vector>

namespace cafes::actors {

/// What events take in memory, near enough for a bound.
[[nodiscard]] std::size_t bytes_of(const std::vector<recorded_event>& events);

/// Adds the events of a batch after a position to a page, up to `limit` in
/// all; nothing, and no batch, if there are none.
void add_after(position where, std::size_t limit, const committed_batch& batch,
               log_page& page);

/// The newest committed batches, bounded by bytes; serves events right after
/// a position. Plain data, no actor. Thread: one at a time.
class batch_ring {
public:
  explicit batch_ring(std::size_t bytes_max) : bytes_max_{bytes_max} {}

  /// Takes a batch. One that does not follow the last empties the ring first,
  /// so what is inside never has a gap.
  void push(committed_batch batch);

  /// Up to `limit` events right after a position; no events when the ring
  /// does not reach back that far or the position is its end.
  [[nodiscard]] log_page after(position where, std::size_t limit) const;

  [[nodiscard]] std::size_t bytes() const { return bytes_; }

private:
  std::size_t bytes_max_;
  std::size_t bytes_ = 0;
  std::deque<committed_batch> batches_;
};

} // namespace cafes::actors
