// SPDX-License-Identifier: MIT
#include "actors/write/command_window.hpp"

#include <algorithm>
#include <cstring>

namespace cafes::actors {

namespace {

/// Few entries are looked through without tags, which would double what an
/// idle aggregate keeps.
constexpr std::size_t untagged_max = 32;

std::uint64_t tag_of(const uuid& id) {
  std::uint64_t tag = 0;
  std::memcpy(&tag, id.bytes.data(), sizeof(tag));
  return tag;
}

} // namespace

const remembered_command* command_window::find(const uuid& command_id) const {
  if (command_id.is_nil())
    return nullptr;
  if (tags_.empty()) {
    const auto at = std::find_if(entries_.begin(), entries_.end(),
                                 [&](const remembered_command& each) {
                                   return each.id == command_id;
                                 });
    return at == entries_.end() ? nullptr : &*at;
  }
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
    entries_.push_back(made);
  } else {
    entries_[slot] = made;
    whole_ = false;
  }
  tag(slot);
  return next_++;
}

void command_window::tag(std::size_t slot) {
  if (entries_.size() <= untagged_max)
    return;
  if (slot < tags_.size())
    tags_[slot] = tag_of(entries_[slot].id);
  while (tags_.size() < entries_.size())
    tags_.push_back(tag_of(entries_[tags_.size()].id));
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
