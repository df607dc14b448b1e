// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/child_process.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace cafes::soak {

/// A program that serves lines on stdin, and the line to it. It says "ready"
/// first, and ends with its stdin. Thread: one at a time.
class served_process {
public:
  /// Returns when it is ready, or has been killed by a fault point before.
  /// Throws what it said when it ended in another way.
  explicit served_process(const std::vector<std::string>& command,
                          std::vector<std::string> environment = {});
  ~served_process();
  served_process(const served_process&) = delete;
  served_process& operator=(const served_process&) = delete;

  /// Lines with their ends. What a dead process does not read is lost.
  void write(std::string_view lines);

  /// Lines that have come, without their ends; waits for the first, but not
  /// longer than this.
  std::vector<std::string> read(std::chrono::milliseconds longest);

  /// It has closed its end of the line, and all that it said has been read.
  [[nodiscard]] bool is_gone() const { return is_gone_; }

  [[nodiscard]] pid_t pid() const { return process_->pid(); }

  test::child_end kill();

  /// Lets it finish; it must end with 0.
  test::child_end stop();

private:
  void take_in();

  std::string name_;
  int channel_ = -1;
  std::unique_ptr<test::child_process> process_;
  std::string received_;
  bool is_gone_ = false;
};

} // namespace cafes::soak
