// SPDX-License-Identifier: MIT
#include "actors/read/feed.hpp"

#include <caf/event_based_actor.hpp>

#include <utility>

namespace cafes::actors {

caf::behavior feed_actor(feed::actor_type* self, feed_surroundings around) {
  return self->state.start(std::move(around));
}

caf::behavior feed::start(feed_surroundings around) {
  around_ = std::move(around);
  ring_ = batch_ring{around_.bytes_max};
  return {
    [this](committed_batch& batch) { take(batch); },
    [this](announce) {
      announcing_ = false;
      self_->send(around_.hints, head_hint{around_.head});
    },
    [this](const pull& asked) { return serve(asked); },
    [this](end_unknown) {
      around_.end_known = false;
      // What is in the ring may not be in the log any more.
      ring_ = batch_ring{around_.bytes_max};
    },
  };
}

void feed::take(committed_batch& batch) {
  *around_.backlog -= bytes_of(*batch);
  around_.head = batch->back().at;
  around_.end_known = true;
  ring_.push(std::move(batch));
  // Stands behind the batches already waiting: many commits, one hint.
  if (!std::exchange(announcing_, true))
    self_->send(self_, announce{});
}

caf::result<page_read> feed::serve(const pull& asked) {
  auto page = ring_.after(asked.after, asked.limit);
  const bool at_end = around_.end_known && asked.after >= around_.head;
  if (!page.events.empty() || at_end)
    return page_read{
      std::make_shared<const expected<log_page>>(std::move(page))};
  self_->delegate(around_.log_reader, asked);
  return caf::delegated<page_read>{};
}

} // namespace cafes::actors
