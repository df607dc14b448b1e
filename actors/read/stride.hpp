// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace cafes::actors {

/// How many pages a projection takes at once. Behind a log that grows faster
/// than it follows, it takes more: each document is then written once for many
/// events, so that these cost less the more of them wait. Plain data.
/// Thread: one at a time.
class stride {
public:
  /// More costs little less, but its commit takes longer, and a log in the same
  /// file of SQLite waits for it.
  static constexpr std::size_t pages_max = 32;
  /// Of events and of the documents that they come to; above it there are
  /// fewer pages the next time.
  static constexpr std::size_t bytes_max = 16 * 1024 * 1024;

  [[nodiscard]] std::size_t pages() const { return pages_; }

  /// What was taken has been committed.
  void committed(std::size_t bytes);

  /// Something had to be set aside, or was refused: slowly from here.
  void stumbled() { pages_ = 1; }

private:
  std::size_t pages_ = 1;
};

} // namespace cafes::actors
