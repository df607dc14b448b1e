// SPDX-License-Identifier: MIT
#pragma once

#include "actors/react/reaction_window.hpp"
#include "actors/read/parked_keys.hpp"
#include "store/log_store.hpp"

#include <cafes/detail/projection_type.hpp>
#include <cafes/detail/reactor_type.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cafes::actors {

/// How a reactor stands in a store: as a view without documents but the one
/// that says that it has begun.
[[nodiscard]] detail::projection_type view_of(const detail::reactor_type& type);

/// A reactor's place in the log, as the store keeps it, and what it has parked.
///
/// Life: `claim` until it gives a position, then the others. After an error it
/// is of no more use. Thread: one at a time; blocks. Errors: those of the
/// store.
class reactor_cursor {
public:
  /// `end` is where the log ended before anything was sent in this process.
  reactor_cursor(const detail::reactor_type& type, position end,
                 std::shared_ptr<store::log_store> store);

  /// As store::view_writer::claim. The first claim of all decides where the
  /// reactor begins, and writes it down.
  [[nodiscard]] expected<std::optional<position>> claim();

  /// All that is parked.
  [[nodiscard]] expected<parked_keys> parked();

  /// What people have asked for.
  [[nodiscard]] expected<store::view_orders> orders() {
    return view_->orders();
  }

  [[nodiscard]] expected<void> pause(const std::string& why) {
    return view_->pause(why);
  }

  [[nodiscard]] expected<void> store(const reaction_window::advance& moved);

  /// The events at these positions.
  [[nodiscard]] expected<std::vector<reaction_window::event_ptr>>
  read(std::span<const parked_event> parked);

private:
  [[nodiscard]] expected<position> begin();

  const detail::projection_type view_type_;
  const start_at begin_;
  const position end_;
  const std::shared_ptr<store::log_store> store_;
  std::unique_ptr<store::view_writer> view_;
  std::unique_ptr<store::log_reader> reader_;
};

} // namespace cafes::actors
