// SPDX-License-Identifier: MIT
#pragma once

#include "actors/messages.hpp"
#include "actors/read/batch_ring.hpp"
#include "actors/read/page_cache.hpp"

#include <caf/actor.hpp>
#include <caf/behavior.hpp>
#include <caf/group.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_response_promise.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace cafes::actors {

struct feed_surroundings {
  /// Reads what is not in memory.
  caf::actor log_reader;
  caf::group hints;
  /// Of the newest batches, and of pages read from the store.
  std::size_t bytes_max = 0;
  std::size_t page_bytes_max = 0;
  /// Bytes of batches on their way here.
  std::shared_ptr<std::atomic<std::size_t>> backlog;
  /// False where another process writes the log, or after an append in doubt:
  /// then only the store knows where the log ends.
  bool end_known = false;
  position head;
};

/// Hands out the log to projections by demand, and tells the group where it
/// ends, coalesced. One per node and log.
///
/// What is not among the newest batches is read from the store: once for all
/// who ask while it is read or kept, and one page ahead of each of them, so
/// that the store reads while they fold. At most two pages for each reader are
/// under way.
class feed {
public:
  using actor_type = caf::stateful_actor<feed>;

  explicit feed(actor_type* self) : self_{self}, ring_{0}, pages_{0} {}

  caf::behavior start(feed_surroundings around);

  const char* name = "feed";

private:
  using promise = caf::typed_response_promise<page_read>;

  /// Pulls and reads are numbered together: who came first.
  struct waiting_pull {
    pull asked;
    std::uint64_t number = 0;
    caf::actor_id reader = 0;
    promise answer;
  };

  struct page_under_way {
    pull asked;
    std::uint64_t number = 0;
    std::vector<waiting_pull> waiting;
    /// Begun before a doubt: good for those who asked before it, not for
    /// others.
    bool is_doubtful = false;
  };

  void take(committed_batch& batch);
  void doubt();

  // -- a pull, until it is answered -------------------------------------------

  [[nodiscard]] promise accept(const pull& asked);
  void serve(waiting_pull who);
  [[nodiscard]] std::optional<log_page> find(const pull& asked) const;
  void answer(waiting_pull& who, log_page page);

  // -- a page from the store --------------------------------------------------

  [[nodiscard]] page_under_way* under_way(position where);
  void begin(pull asked, std::vector<waiting_pull> waiting);
  void finish(std::uint64_t number, const page_read& read);
  [[nodiscard]] std::optional<pull>
  answer_waiting(page_under_way& ended, const committed_batch& events);
  [[nodiscard]] bool keep(const committed_batch& events);
  void look_ahead(const pull& next);
  [[nodiscard]] page_under_way end(std::uint64_t number);

  actor_type* self_;
  feed_surroundings around_;
  batch_ring ring_;
  page_cache pages_;
  std::vector<page_under_way> reads_;
  std::uint64_t count_ = 0;
  bool announcing_ = false;
  bool forgetting_ = false;
};

[[nodiscard]] caf::behavior feed_actor(feed::actor_type* self,
                                       feed_surroundings around);

} // namespace cafes::actors
