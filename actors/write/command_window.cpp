// SPDX-License-Identifier: MIT
#include "actors/write/command_window.hpp"

#include <algorithm>

namespace cafes::actors {

std::optional<command_window::answer>
command_window::find(const uuid& command_id) const {
  const auto found = std::find_if(entries_.rbegin(), entries_.rend(),
                                  [&](const entry& known) {
                                    return known.command_id == command_id;
                                  });
  if (found == entries_.rend())
    return std::nullopt;
  return found->first;
}

void command_window::remember(const uuid& command_id, answer first) {
  if (command_id.is_nil())
    return;
  entries_.push_back({command_id, first});
  if (entries_.size() > ids_max_) {
    entries_.pop_front();
    dropped_ = true;
  }
}

void command_window::replay(const recorded_event& stored) {
  const answer last{stored.at_version, stored.at};
  if (!entries_.empty() && entries_.back().command_id == stored.from.command_id)
    entries_.back().first = last;
  else
    remember(stored.from.command_id, last);
}

} // namespace cafes::actors
