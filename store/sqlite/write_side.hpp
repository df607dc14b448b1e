// SPDX-License-Identifier: MIT
#pragma once

#include "store/sqlite/claims.hpp"
#include "store/sqlite/connection.hpp"
#include "store/sqlite/file_lock.hpp"
#include "store/sqlite/turn_queue.hpp"

#include <cafes/expected.hpp>

#include <filesystem>
#include <memory>
#include <mutex>
#include <type_traits>

namespace cafes::store::sqlite {

/// What may exist once for a file: its lock, and the only connection that
/// writes and checkpoints. Two that do so at once can damage the file (SQLite
/// below 3.51.3), so the log and all views of the process share this one by
/// turns. Shared by the store and its sessions.
/// Thread: any.
class write_side {
public:
  /// Locks the file, makes it if it is not there, and checks whose it is.
  /// Errors: not_owner, unavailable, invalid_argument, corrupt.
  [[nodiscard]] static expected<std::shared_ptr<write_side>>
  open(const std::filesystem::path& file);

  write_side(file_lock lock, const std::filesystem::path& file);
  write_side(const write_side&) = delete;
  write_side& operator=(const write_side&) = delete;

  /// Moves the WAL into the file: what is left behind is one file.
  ~write_side();

  /// As connection::use, alone.
  template <class Work>
  std::invoke_result_t<Work&, database&> use(Work&& work) {
    const std::lock_guard turn{turns_};
    return connection_.use(work);
  }

  [[nodiscard]] claims& claimed() { return claims_; }

  [[nodiscard]] const std::filesystem::path& file() const { return file_; }

private:
  file_lock lock_;
  std::filesystem::path file_;
  claims claims_;
  turn_queue turns_;
  connection connection_;
};

} // namespace cafes::store::sqlite
