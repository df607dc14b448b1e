// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_connection.hpp"
#include "store/view_session.hpp"

#include <cafes/detail/aggregate_type.hpp>
#include <cafes/recorded_event.hpp>

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace cafes::store::memory {

/// Everything a memory store holds. Its sessions share it and lock `mutex`
/// around each call: the executable specification is one thread at a time.
struct memory_log {
  struct stored_event {
    recorded_event event;
    stream_id stream;
  };

  struct stream {
    stream_name name;
    /// Positions of versions 1, 2, ….
    std::vector<position> events;
  };

  struct build {
    position checkpoint;
    std::optional<std::string> paused;
    std::map<std::string, std::string> documents;
    std::map<position, parked_event> parked;
  };

  struct view {
    std::string shape;
    bool claimed = false;
    view_builds known;
    std::map<int, build> builds;

    [[nodiscard]] build& live() { return builds[known.live]; }
  };

  std::mutex mutex;
  std::condition_variable released;

  bool owned = false;
  std::string owner;
  cafes::epoch epoch;

  /// Position p stands at index p-1, stream s and type t likewise; a stream
  /// without a name is a number that was not used.
  std::vector<stored_event> events;
  std::vector<stream> streams;
  std::map<stream_name, stream_id> stream_ids;
  std::vector<detail::event_type> types;
  std::map<stream_id, stored_snapshot> snapshots;

  std::map<std::pair<std::string, int>, view> views;

  [[nodiscard]] const stored_event& at(position where) const {
    return events[static_cast<std::size_t>(where.value() - 1)];
  }

  [[nodiscard]] position head() const {
    return position{static_cast<std::int64_t>(events.size())};
  }

  [[nodiscard]] bool has_stream(stream_id id) const {
    const auto number = static_cast<std::size_t>(id.value());
    return number <= streams.size() && !streams[number - 1].name.key.empty();
  }

  /// Where a command's events stand in a stream.
  [[nodiscard]] std::optional<appended>
  find_command(stream_id id, const uuid& command_id) const;
};

} // namespace cafes::store::memory
