// SPDX-License-Identifier: MIT
#pragma once

#include "actors/messages.hpp"
#include "actors/read/batch_ring.hpp"

#include <caf/actor.hpp>
#include <caf/behavior.hpp>
#include <caf/group.hpp>
#include <caf/stateful_actor.hpp>

#include <atomic>
#include <cstddef>
#include <memory>

namespace cafes::actors {

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
