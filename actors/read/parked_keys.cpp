// SPDX-License-Identifier: MIT
#include "actors/read/parked_keys.hpp"

namespace cafes::actors {

void parked_keys::add(const parked_event& event) {
  remove(event.at);
  events_.emplace(event.at, event);
  holding(event)[event.key].insert(event.at);
}

void parked_keys::remove(position at) {
  const auto found = events_.find(at);
  if (found == events_.end())
    return;
  auto& held = holding(found->second);
  const auto waiting = held.find(found->second.key);
  waiting->second.erase(at);
  if (waiting->second.empty())
    held.erase(waiting);
  events_.erase(found);
}

bool parked_keys::has_before(const places& held, const std::string& key,
                             position at) {
  const auto found = held.find(key);
  return found != held.end() && *found->second.begin() < at;
}

bool parked_keys::holds_stream(const stream_name& stream, position at) const {
  return !streams_.empty() && has_before(streams_, to_string(stream), at);
}

bool parked_keys::holds_key(const std::string& key, position at) const {
  return has_before(keys_, key, at);
}

std::vector<parked_event> parked_keys::of(std::string_view key,
                                          bool is_stream) const {
  std::vector<parked_event> found;
  for (const auto& [at, event] : events_)
    if (event.key == key && event.is_stream == is_stream)
      found.push_back(event);
  return found;
}

} // namespace cafes::actors
