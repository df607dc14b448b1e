// SPDX-License-Identifier: MIT
#pragma once

#include "actors/messages.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

namespace cafes::actors {

/// Pages that were read from the store, bounded by bytes, for readers who are
/// near each other. Pages never overlap. Plain data, no actor. Thread: one at
/// a time.
///
/// Above the bound that page goes which will be asked for last, if all readers
/// read on: one behind all of them, else the one farthest ahead of whoever
/// comes to it next. So a reader far from the others keeps what it needs next,
/// and nothing that they need.
class page_cache {
public:
  explicit page_cache(std::size_t bytes_max) : bytes_max_{bytes_max} {}

  /// Takes events in order of position, where no kept page has any of them.
  /// False when they are not kept: there are none, there is a gap between
  /// them, or all that is kept will be asked for earlier.
  bool keep(const committed_batch& page);

  /// Up to `limit` events right after a position; none when no kept page has
  /// the next one. More than one page only if they come whole: readers who
  /// started at different positions so meet at the end of a page.
  [[nodiscard]] log_page after(position where, std::size_t limit) const;

  /// Where the next kept page after a position starts.
  [[nodiscard]] std::optional<position> next_start(position where) const;

  /// From where on a reader will ask. True for a new one.
  bool add_reader(std::uint64_t reader, position at);
  /// One that has been removed stays so.
  void move_reader(std::uint64_t reader, position to);
  void remove_reader(std::uint64_t reader) { readers_.erase(reader); }

  /// Drops all pages.
  void clear();

  [[nodiscard]] std::size_t bytes() const { return bytes_; }

private:
  using pages = std::map<position, committed_batch>;

  [[nodiscard]] pages::const_iterator last_needed() const;
  [[nodiscard]] std::int64_t distance_to(const committed_batch& page) const;

  std::size_t bytes_max_;
  std::size_t bytes_ = 0;
  /// By their first position.
  pages pages_;
  std::map<std::uint64_t, position> readers_;
};

} // namespace cafes::actors
