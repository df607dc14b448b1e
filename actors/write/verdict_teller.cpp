// SPDX-License-Identifier: MIT
#include "actors/write/verdict_teller.hpp"

#include "actors/read/batch_ring.hpp"

#include <caf/event_based_actor.hpp>

#include <algorithm>

namespace cafes::actors {

void answer_senders(caf::event_based_actor& as, log_batch& ended) {
  for (std::size_t index = 0; index < ended.orders.size(); ++index)
    as.send(ended.orders[index]->sender,
            append_verdict{ended.orders[index]->ticket, ended.outcomes[index]});
  ended.is_told = true;
}

caf::behavior verdict_teller_actor(verdict_teller::actor_type* self,
                                   verdict_teller_surroundings around) {
  return self->state.start(std::move(around));
}

caf::behavior verdict_teller::start(verdict_teller_surroundings around) {
  around_ = std::move(around);
  return {
    [this](log_batch_ptr& ended) {
      if (!ended->is_told)
        answer_senders(*self_, *ended);
      publish(*ended);
      give_back(std::move(ended));
    },
    // Behind the batches before it.
    [this](end_unknown unknown) {
      if (around_.feed)
        self_->send(around_.feed, unknown);
    },
  };
}

/// Tells the feed what was committed, in order of position. A feed that is
/// behind by too much reads the store instead; one that is not behind takes any
/// batch, however small its bound.
void verdict_teller::publish(log_batch& ended) {
  if (!around_.feed)
    return;
  auto events = events_of(ended);
  if (events.empty())
    return;
  const auto bytes = bytes_of(events);
  const auto behind = around_.feed_backlog->load();
  if (behind > 0 && behind + bytes > around_.feed_backlog_max)
    return self_->send(around_.feed, end_unknown{});
  *around_.feed_backlog += bytes;
  self_->send(around_.feed, std::make_shared<const std::vector<recorded_event>>(
                              std::move(events)));
}

/// Its memory is used again: malloc takes long over freeing so much at once.
void verdict_teller::give_back(log_batch_ptr told) {
  told->requests.clear();
  told->orders.clear();
  told->outcomes.clear();
  told->is_told = false;
  if (const auto writer = caf::actor_cast<caf::actor>(self_->current_sender()))
    self_->send(writer, std::move(told));
}

std::vector<recorded_event> verdict_teller::events_of(log_batch& ended) const {
  std::vector<recorded_event> events;
  events.reserve(ended.outcomes.size());
  for (std::size_t index = 0; index < ended.outcomes.size(); ++index) {
    if (!ended.outcomes[index] || ended.outcomes[index]->repeated)
      continue;
    const auto& place = *ended.outcomes[index];
    auto& request = ended.requests[index];
    std::int64_t offset = 0;
    for (auto& event : request.events) {
      const auto type = std::find_if(around_.types.begin(), around_.types.end(),
                                     [&](const auto& known) {
                                       return known.first == event.type;
                                     });
      events.push_back({place.first_position.plus(offset), request.stream,
                        place.first_version.plus(offset), type->second.name,
                        type->second.schema_version, place.recorded_at,
                        request.from, std::move(event.data),
                        std::move(event.metadata)});
      ++offset;
    }
  }
  return events;
}

} // namespace cafes::actors
