// SPDX-License-Identifier: MIT
#pragma once

#include "actors/read/limited_thread.hpp"

#include <cafes/detail/reactor_type.hpp>
#include <cafes/expected.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

namespace cafes::actors {

/// Reads whose events are by the user's `key`, on another thread and within a
/// time for each event. Thread: one at a time; blocks.
class key_reading {
public:
  using read_event = detail::reactor_handlers::read_event;

  explicit key_reading(std::chrono::milliseconds time_max)
    : time_max_{time_max} {}

  /// Events and what keeps them alive.
  struct events {
    std::shared_ptr<const void> owner;
    std::vector<const recorded_event*> all;
  };

  /// What was read of each event, in order; of fewer than all when more
  /// threads than `lost_max` were lost on the way.
  [[nodiscard]] std::vector<read_event>
  read(const std::shared_ptr<detail::reactor_handlers>& handlers, events given,
       std::size_t lost_max);

  /// Makes what is to read, within the same time.
  [[nodiscard]] expected<std::shared_ptr<detail::reactor_handlers>>
  open(const detail::reactor_type& type);

  /// Threads lost so far.
  [[nodiscard]] std::size_t lost() const { return thread_.left(); }
  void count_anew() { thread_.count_anew(); }

private:
  const std::chrono::milliseconds time_max_;
  limited_thread thread_;
};

} // namespace cafes::actors
