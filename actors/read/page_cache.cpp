// SPDX-License-Identifier: MIT
#include "actors/read/page_cache.hpp"

#include "actors/read/batch_ring.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

namespace cafes::actors {

namespace {

/// The reader's contract; what breaks it is handed on, and never kept.
bool has_gap(const std::vector<recorded_event>& events) {
  return std::adjacent_find(events.begin(), events.end(),
                            [](const auto& one, const auto& other) {
                              return one.at.next() != other.at;
                            })
         != events.end();
}

} // namespace

bool page_cache::keep(const committed_batch& page) {
  if (page->empty() || has_gap(*page))
    return false;
  const auto first = page->front().at;
  if (!pages_.emplace(first, page).second)
    return false;
  bytes_ += bytes_of(*page);
  while (bytes_ > bytes_max_) {
    const auto last = last_needed();
    bytes_ -= bytes_of(*last->second);
    pages_.erase(last);
  }
  return pages_.contains(first);
}

log_page page_cache::after(position where, std::size_t limit) const {
  log_page page;
  auto next = pages_.upper_bound(where.next());
  if (next == pages_.begin())
    return page;
  for (--next; next != pages_.end(); ++next) {
    const auto& events = *next->second;
    const auto reached = page.events.empty() ? where : page.events.back()->at;
    const bool follows = events.front().at <= reached.next();
    const bool is_first = page.events.empty();
    if (!follows || (!is_first && page.events.size() + events.size() > limit))
      break;
    add_after(where, limit, next->second, page);
    if (page.events.empty() || page.events.back()->at != events.back().at)
      break;
  }
  return page;
}

std::optional<position> page_cache::next_start(position where) const {
  const auto next = pages_.upper_bound(where);
  return next == pages_.end() ? std::nullopt : std::optional{next->first};
}

bool page_cache::add_reader(std::uint64_t reader, position at) {
  return readers_.insert_or_assign(reader, at).second;
}

void page_cache::move_reader(std::uint64_t reader, position to) {
  if (const auto known = readers_.find(reader); known != readers_.end())
    known->second = to;
}

void page_cache::clear() {
  pages_.clear();
  bytes_ = 0;
}

page_cache::pages::const_iterator page_cache::last_needed() const {
  return std::max_element(
    pages_.begin(), pages_.end(), [this](const auto& one, const auto& other) {
      return distance_to(one.second) < distance_to(other.second);
    });
}

/// In events, to the reader who comes to it next.
std::int64_t page_cache::distance_to(const committed_batch& page) const {
  auto nearest = std::numeric_limits<std::int64_t>::max();
  for (const auto& [reader, at] : readers_)
    if (at < page->back().at)
      nearest = std::min(nearest, page->front().at.value() - at.value());
  return nearest;
}

} // namespace cafes::actors
