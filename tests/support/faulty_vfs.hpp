// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

namespace cafes::test {

/// What SQLite asks of the file system.
enum class file_call {
  open,
  remove,
  access,
  read,
  write,
  truncate,
  sync,
  size,
  lock,
  share_memory,
  count_,
};

[[nodiscard]] std::string to_string(file_call call);

/// A disk that fails.
struct disk_fault {
  file_call call;
  /// What SQLite gets: an extended result code.
  int code;
  /// The first call of this kind that fails, counted from the plan on, and
  /// how many follow it.
  int first = 1;
  int count = 1;
  /// A write that fails has written its first half.
  bool is_torn = false;
};

/// The default file system of SQLite while this object lives, over the one
/// before. Its disk fails as planned, and can lose its power: then only what
/// was synced is there. A sync that fails drops what it should have written,
/// as the kernel does; the next one does not try again. Pauses are none.
/// One at a time. Thread: one at a time, with all databases.
class faulty_vfs {
public:
  faulty_vfs();
  ~faulty_vfs();
  faulty_vfs(const faulty_vfs&) = delete;
  faulty_vfs& operator=(const faulty_vfs&) = delete;

  /// Forgets what was counted.
  void plan(const disk_fault& fault);
  void mend();

  /// Calls since the last plan.
  [[nodiscard]] int calls(file_call call) const;
  /// How many of them failed.
  [[nodiscard]] int failures() const;

  /// Writes to a folder what a power cut would leave of the files beside this
  /// one, under their names.
  void lose_power(const std::string& file, const std::string& folder) const;

  /// What the shim's functions work on.
  class disk;

private:
  std::unique_ptr<disk> disk_;
};

} // namespace cafes::test
