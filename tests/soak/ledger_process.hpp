// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/child_process.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cafes::soak {

/// A ledger_server and the line to it. Thread: one at a time.
class ledger_process {
public:
  /// Returns when it is ready, or has been killed by a fault point before.
  /// Throws what it said when it ended in another way.
  ledger_process(const std::string& store,
                 std::vector<std::string> environment = {});
  ~ledger_process();
  ledger_process(const ledger_process&) = delete;
  ledger_process& operator=(const ledger_process&) = delete;

  /// Lines with their ends. What a dead process does not read is lost.
  void write(std::string_view lines);

  /// Lines that have come, without their ends; waits for the first, but not
  /// longer than this.
  std::vector<std::string> read(std::chrono::milliseconds longest);

  /// It has closed its end of the line, and all that it said has been read.
  [[nodiscard]] bool is_gone() const { return is_gone_; }

  test::child_end kill();

  /// Lets it finish; it must end with 0.
  test::child_end stop();

private:
  void take_in();

  int channel_ = -1;
  std::unique_ptr<test::child_process> process_;
  std::string received_;
  bool is_gone_ = false;
};

} // namespace cafes::soak
