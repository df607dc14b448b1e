// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/limits.hpp>
#include <cafes/position.hpp>
#include <cafes/recorded_event.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace cafes::actors {

/// A command id with its first answer.
struct remembered_command {
  uuid id;
  version at_version;
  position at_position;
  /// Of the command, to notice another one under its id; 0 where only its
  /// events are known.
  std::uint64_t hash = 0;

  bool operator==(const remembered_command&) const = default;
};

/// The last command ids of an aggregate with their first answers, rebuilt from
/// its events or from a snapshot. Thread: one at a time.
class command_window {
public:
  explicit command_window(std::size_t ids_max = limits::command_window_max)
    : ids_max_{ids_max} {}

  [[nodiscard]] const remembered_command* find(const uuid& command_id) const;

  /// Remembers a command; the nil id is passed over. Gives its number, by
  /// which `settle` finds it.
  std::uint64_t remember(const remembered_command& made);

  /// The position is known: the command's events are stored.
  void settle(std::uint64_t number, position at);

  /// Remembers the command of an event, whose last event counts.
  void replay(const recorded_event& stored);

  /// Whether an id that is not here was never accepted.
  [[nodiscard]] bool covers_whole_stream() const { return whole_; }

  /// The commands up to a version, oldest first.
  [[nodiscard]] std::vector<remembered_command> up_to(version last) const;

  /// Starts with these, oldest first.
  void restore(const std::vector<remembered_command>& known, bool whole);

  /// What it keeps on the heap.
  [[nodiscard]] std::size_t bytes() const {
    return tags_.capacity() * sizeof(std::uint64_t)
           + entries_.capacity() * sizeof(remembered_command);
  }

private:
  void tag(std::size_t slot);

  [[nodiscard]] std::size_t slot_of(std::uint64_t number) const {
    return static_cast<std::size_t>(number % ids_max_);
  }

  std::size_t ids_max_;
  /// The entry with number n stands at n modulo the bound. The first half of
  /// each id stands apart, since all of these are looked at for each command;
  /// not where there are few.
  std::vector<std::uint64_t> tags_;
  std::vector<remembered_command> entries_;
  std::uint64_t next_ = 0;
  bool whole_ = true;
};

} // namespace cafes::actors
