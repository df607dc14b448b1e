// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace cafes {

/// Shows on stderr how far long work is: one bar on a terminal, one line every
/// five seconds elsewhere. Thread: one at a time.
class progress {
public:
  /// A total of 0 is one that is not known. What was done `before` does not
  /// count for the rate.
  progress(std::string what, std::size_t total, std::size_t before = 0);

  /// Shows the new count, at most ten times a second.
  void update(std::size_t done);

  /// Shows the last count and ends the line.
  void finish();

private:
  void show();

  std::string what_;
  std::size_t total_;
  std::size_t before_;
  std::size_t done_;
  bool terminal_;
  std::chrono::steady_clock::time_point started_;
  std::chrono::steady_clock::time_point shown_{};
};

} // namespace cafes
