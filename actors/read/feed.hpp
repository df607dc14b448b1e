// SPDX-License-Identifier: MIT
#pragma once

#include "actors/messages.hpp"

#include <caf/actor.hpp>
#include <caf/behavior.hpp>
#include <caf/group.hpp>
#include <caf/stateful_actor.hpp>

#include <atomic>
#include <cstddef>
#include <deque>
#include <memory>
#include <vector>

namespace cafes::actors {

/// What events take in memory, near enough for a bound.
[[nodiscard]] std::size_t bytes_of(const std::vector<recorded_event>& events);

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

struct feed_surroundings {
  /// Reads what the ring does not hold.
  caf::actor log_reader;
  caf::group hints;
  std::size_t bytes_max = 0;
  /// Bytes of batches on their way here.
  std::shared_ptr<std::atomic<std::size_t>> backlog;
  /// False where another process writes the log, or after an append in doubt:
  /// then only the store knows where the log ends.
  bool end_known = false;
  position head;
};

/// Hands out the log to projections by demand, and tells the group where it
/// ends, coalesced. One per node and log.
class feed {
public:
  using actor_type = caf::stateful_actor<feed>;

  explicit feed(actor_type* self) : self_{self}, ring_{0} {}

  caf::behavior start(feed_surroundings around);

  const char* name = "feed";

private:
  void take(committed_batch& batch);
  caf::result<page_read> serve(const pull& asked);

  actor_type* self_;
  feed_surroundings around_;
  batch_ring ring_;
  bool announcing_ = false;
};

[[nodiscard]] caf::behavior feed_actor(feed::actor_type* self,
                                       feed_surroundings around);

} // namespace cafes::actors
