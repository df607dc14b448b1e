// SPDX-License-Identifier: MIT
#include "actors/read/batch_ring.hpp"

#include <algorithm>
#include <utility>

namespace cafes::actors {

std::size_t bytes_of(const std::vector<recorded_event>& events) {
  std::size_t bytes = 0;
  for (const auto& event : events)
    bytes += sizeof(event) + event.data.size() + event.metadata.size()
             + event.stream.key.size();
  return bytes;
}

void add_after(position where, std::size_t limit, const committed_batch& batch,
               log_page& page) {
  const auto before = page.events.size();
  for (const auto& event : *batch)
    if (event.at > where && page.events.size() < limit)
      page.events.push_back(&event);
  if (page.events.size() > before)
    page.batches.push_back(batch);
}

void batch_ring::push(committed_batch batch) {
  if (!batches_.empty()
      && batches_.back()->back().at.next() != batch->front().at) {
    batches_.clear();
    bytes_ = 0;
  }
  bytes_ += bytes_of(*batch);
  batches_.push_back(std::move(batch));
  while (bytes_ > bytes_max_ && !batches_.empty()) {
    bytes_ -= bytes_of(*batches_.front());
    batches_.pop_front();
  }
}

log_page batch_ring::after(position where, std::size_t limit) const {
  log_page page;
  if (batches_.empty() || batches_.front()->front().at > where.next())
    return page;
  auto batch = std::partition_point(batches_.begin(), batches_.end(),
                                    [&](const committed_batch& each) {
                                      return each->back().at <= where;
                                    });
  for (; batch != batches_.end() && page.events.size() < limit; ++batch)
    add_after(where, limit, *batch, page);
  return page;
}

} // namespace cafes::actors
