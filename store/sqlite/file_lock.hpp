// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/expected.hpp>

#include <filesystem>

namespace cafes::store::sqlite {

/// Keeps every other process (and a second store of this one) away from a
/// database, by a lock on the file DATABASE.lock. The kernel releases it when
/// the process ends, however it ends; the file stays.
class file_lock {
public:
  /// Does not wait. `database` as find_place gives it.
  /// Errors: not_owner (the message names the process that has it),
  /// unavailable (the lock file cannot be made).
  [[nodiscard]] static expected<file_lock>
  acquire(const std::filesystem::path& database);

  file_lock(file_lock&& other) noexcept;
  file_lock& operator=(file_lock&&) = delete;
  ~file_lock();

private:
  explicit file_lock(int descriptor) : descriptor_{descriptor} {}

  int descriptor_;
};

} // namespace cafes::store::sqlite
