// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/limits.hpp>
#include <cafes/position.hpp>
#include <cafes/recorded_event.hpp>

#include <cstddef>
#include <deque>
#include <optional>

namespace cafes::actors {

/// The last command ids of an aggregate with their first answers, rebuilt from
/// its events. Searched from the newest: a repeat usually follows soon.
/// Thread: one at a time.
class command_window {
public:
  struct answer {
    version at_version;
    position at_position;
  };

  explicit command_window(std::size_t ids_max = limits::command_window_max)
    : ids_max_{ids_max} {}

  [[nodiscard]] std::optional<answer> find(const uuid& command_id) const;

  /// Remembers an accepted command; the nil id is passed over.
  void remember(const uuid& command_id, answer first);

  /// Remembers the command of an event, whose last event counts.
  void replay(const recorded_event& stored);

  /// Whether an id that is not here was never accepted.
  [[nodiscard]] bool covers_whole_stream() const { return !dropped_; }

private:
  struct entry {
    uuid command_id;
    answer first;
  };

  std::size_t ids_max_;
  std::deque<entry> entries_;
  bool dropped_ = false;
};

} // namespace cafes::actors
