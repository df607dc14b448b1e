// SPDX-License-Identifier: MIT
#pragma once

#include "store/sqlite/database.hpp"
#include "store/sqlite/sqlite_error.hpp"

#include <cafes/expected.hpp>

#include <filesystem>
#include <memory>
#include <type_traits>

namespace cafes::store::sqlite {

/// A database that is opened when it is used, and again after it broke.
/// Thread: one at a time; every function blocks.
class connection {
public:
  connection(std::filesystem::path file, access wanted);

  /// What `work` returns, an expected, for a usable database.
  /// Errors besides those of `work`: what SQLite throws there, translated;
  /// unavailable, invalid_argument, corrupt when it cannot be opened.
  template <class Work>
  std::invoke_result_t<Work&, database&> use(Work&& work) {
    try {
      if (auto opened = open(); !opened)
        return failure_of(opened);
      return work(*open_);
    } catch (const sqlite_error& failed) {
      if (failed.breaks_connection())
        close();
      return unexpected<error>{failed.why()};
    }
  }

  /// The next use opens it afresh.
  void close() { open_.reset(); }

private:
  expected<void> open();

  std::filesystem::path file_;
  access wanted_;
  std::unique_ptr<database> open_;
};

} // namespace cafes::store::sqlite
