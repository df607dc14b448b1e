// SPDX-License-Identifier: MIT
#pragma once

#include "actors/messages.hpp"

#include <cafes/detail/aggregate_type.hpp>

#include <caf/actor.hpp>
#include <caf/behavior.hpp>
#include <caf/fwd.hpp>
#include <caf/stateful_actor.hpp>

#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace cafes::actors {

/// Sends each sender of a batch its verdict, and marks the batch as told.
void answer_senders(caf::event_based_actor& as, log_batch& ended);

struct verdict_teller_surroundings {
  /// Every registered type, by number.
  std::vector<std::pair<store::type_id, detail::event_type>> types;
  /// None where nobody follows the log.
  caf::actor feed;
  /// Bytes of batches that the feed has not taken yet; above the bound it is
  /// told to read the store.
  std::shared_ptr<std::atomic<std::size_t>> feed_backlog;
  std::size_t feed_backlog_max = 0;
};

/// Tells the senders of a batch, and the feed, what became of it. Not done by
/// the log writer itself: a thread that is no worker of the scheduler wakes a
/// worker with each message that it sends, and hundreds of these take longer
/// than the commands behind them.
///
/// An order may be answered before one of an earlier batch: senders know theirs
/// by the ticket.
class verdict_teller {
public:
  using actor_type = caf::stateful_actor<verdict_teller>;

  explicit verdict_teller(actor_type* self) : self_{self} {}

  caf::behavior start(verdict_teller_surroundings around);

  const char* name = "verdict_teller";

private:
  void publish(log_batch& ended);
  void give_back(log_batch_ptr told);
  [[nodiscard]] std::vector<recorded_event> events_of(log_batch& ended) const;

  actor_type* self_;
  verdict_teller_surroundings around_;
};

[[nodiscard]] caf::behavior
verdict_teller_actor(verdict_teller::actor_type* self,
                     verdict_teller_surroundings around);

} // namespace cafes::actors
