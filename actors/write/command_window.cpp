// SPDX-License-Identifier: MIT
#include "actors/write/command_window.hpp"

#include <algorithm>
#include <cstring>

namespace cafes::actors {

namespace {

std::uint64_t tag_of(const uuid& id) {
  std::uint64_t tag = 0;
  std::memcpy(&tag, id.bytes.data(), sizeof(tag));
  return tag;
}

} // namespace

const remembered_command* command_window::find(const uuid& command_id) const {
  if (command_id.is_nil())
    return nullptr;
  const auto tag = tag_of(command_id);
  for (auto at = std::find(tags_.begin(), tags_.end(), tag); at != tags_.end();
       at = std::find(at + 1, tags_.end(), tag)) {
    const auto& entry = entries_[static_cast<std::size_t>(at - tags_.begin())];
    if (entry.id == command_id)
      return &entry;
  }
  return nullptr;
}

std::uint64_t command_window::remember(const remembered_command& made) {
  if (made.id.is_nil())
    return next_;
  const auto slot = slot_of(next_);
  if (slot == entries_.size()) {
    tags_.push_back(tag_of(made.id));
    entries_.push_back(made);
  } else {
    tags_[slot] = tag_of(made.id);
    entries_[slot] = made;
    whole_ = false;
  }
  return next_++;
}

void command_window::settle(std::uint64_t number, position at) {
  if (number < next_ && number + entries_.size() >= next_)
    entries_[slot_of(number)].at_position = at;
}

void command_window::replay(const recorded_event& stored) {
  if (!entries_.empty()) {
    auto& last = entries_[slot_of(next_ - 1)];
    if (last.id == stored.from.command_id) {
      last.at_version = stored.at_version;
      last.at_position = stored.at;
      return;
    }
  }
  remember({stored.from.command_id, stored.at_version, stored.at});
}

std::vector<remembered_command> command_window::up_to(version last) const {
  std::vector<remembered_command> found;
  for (auto number = next_ - entries_.size(); number < next_; ++number)
    if (const auto& entry = entries_[slot_of(number)];
        entry.at_version <= last && entry.at_position != position{})
      found.push_back(entry);
  return found;
}

void command_window::restore(const std::vector<remembered_command>& known,
                             bool whole) {
  *this = command_window{ids_max_};
  for (const auto& each : known)
    remember(each);
  whole_ = whole_ && whole;
}

} // namespace cafes::actors
