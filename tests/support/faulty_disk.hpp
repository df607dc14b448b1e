// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/faulty_vfs.hpp"

#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cafes::test {

/// A file as it is on the disk, and what is still on its way there.
class disk_file {
public:
  void write(std::int64_t offset, std::string_view bytes);
  void truncate(std::int64_t size);
  void sync();
  void drop() { under_way_.clear(); }
  void remove() { *this = {}; }

  [[nodiscard]] const std::string& stored() const { return stored_; }

private:
  struct change {
    std::int64_t offset;
    std::string bytes;
    bool truncates;
  };

  std::string stored_;
  std::vector<change> under_way_;
};

/// The part of a faulty_vfs that knows no file system.
class faulty_vfs::disk {
public:
  void plan(const disk_fault& fault);
  void mend() { planned_.reset(); }

  /// Said at each call: the fault, when it is due.
  [[nodiscard]] std::optional<disk_fault> enter(file_call call);

  [[nodiscard]] int calls(file_call call) const {
    return calls_.at(static_cast<std::size_t>(call));
  }
  [[nodiscard]] int failures() const { return failures_; }

  /// Stays where it is, also when the file is removed: it may be open.
  [[nodiscard]] disk_file& at(const std::string& path) { return files_[path]; }
  [[nodiscard]] const std::map<std::string, disk_file>& files() const {
    return files_;
  }

  /// The file system below, and the shim above it.
  sqlite3_vfs* real = nullptr;
  sqlite3_vfs shim{};

private:
  std::optional<disk_fault> planned_;
  std::array<int, static_cast<std::size_t>(file_call::count_)> calls_{};
  int failures_ = 0;
  std::map<std::string, disk_file> files_;
};

} // namespace cafes::test
