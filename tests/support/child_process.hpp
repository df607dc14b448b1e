// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/scratch_folder.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <sys/types.h>
#include <vector>

namespace cafes::test {

/// How a program is started. Its stdin is empty, unless there is a channel.
struct child_options {
  /// "NAME=value"; beside the test's own environment without its CAFES_….
  std::vector<std::string> environment{};
  /// Where it works; the test's own folder without one.
  std::string folder{};
  /// Its stderr is a terminal.
  bool terminal = false;
  /// A descriptor that becomes its stdin and stdout; stays the caller's. Then
  /// nothing is kept as its output.
  int channel = -1;
};

/// What became of a program.
struct child_end {
  /// -1 when a signal ended it.
  int code = -1;
  /// 0 when it ended by itself.
  int signal = 0;
  std::string out;
  std::string err;
};

std::ostream& operator<<(std::ostream& shown, const child_end& ended);

/// A program that runs beside the test; killed at the latest with this object.
/// Deadlines are for what must happen: one that is missed ends the test.
class child_process {
public:
  using milliseconds = std::chrono::milliseconds;

  static constexpr milliseconds deadline{120'000};

  explicit child_process(std::vector<std::string> command,
                         const child_options& options = {});
  ~child_process();
  child_process(const child_process&) = delete;
  child_process& operator=(const child_process&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }

  /// Waits for its end, but not longer than this. True when it has ended.
  [[nodiscard]] bool ends_within(milliseconds longest);

  /// Waits until the condition, asked every millisecond, holds: true; or until
  /// the program has ended: false.
  [[nodiscard]] bool reaches(const std::function<bool()>& condition);

  /// Waits for its end.
  child_end wait();

  /// Ends it with SIGKILL, if it has not ended yet.
  child_end kill();

  /// What it has written so far.
  [[nodiscard]] std::string out() const;
  [[nodiscard]] std::string err();

private:
  void listen(milliseconds longest);
  void read_terminal();
  [[nodiscard]] child_end end();

  std::string name_;
  scratch_folder output_;
  pid_t pid_ = -1;
  int end_signal_ = -1;
  int terminal_ = -1;
  std::string seen_on_terminal_;
  std::optional<int> status_;
};

/// Starts a program and waits for its end.
child_end run(std::vector<std::string> command,
              const child_options& options = {});

} // namespace cafes::test
