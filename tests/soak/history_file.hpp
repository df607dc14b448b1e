// SPDX-License-Identifier: MIT
#pragma once

#include "tests/soak/history.hpp"

#include <string>

namespace cafes::soak {

/// A history that outlives its client, and the machine.
/// Thread: one at a time.
class history_file {
public:
  /// Makes it, or goes on with it. Throws std::system_error, as all do.
  explicit history_file(std::string path);
  ~history_file();
  history_file(const history_file&) = delete;
  history_file& operator=(const history_file&) = delete;

  /// Adds a record; it is on disk after the next sync.
  void add(const history_record& record);

  /// One for all that was added since the last one.
  void sync();

  [[nodiscard]] const std::string& path() const { return path_; }

private:
  std::string path_;
  int descriptor_ = -1;
  std::string added_;
};

} // namespace cafes::soak
