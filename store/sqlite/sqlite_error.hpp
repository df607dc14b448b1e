// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/error.hpp>

#include <exception>

struct sqlite3;

namespace cafes::store::sqlite {

/// A call to SQLite that failed, in the words of the store. The only exception
/// of this folder; it ends in connection::use and log_connection::write.
class sqlite_error final : public std::exception {
public:
  /// The failure that `at` has just had. `at` is null if there was no memory
  /// to open it.
  sqlite_error(sqlite3* at, int extended_code);

  [[nodiscard]] const char* what() const noexcept override {
    return why_.message.c_str();
  }

  [[nodiscard]] const error& why() const { return why_; }

  /// SQLITE_CONSTRAINT_UNIQUE and such.
  [[nodiscard]] int extended_code() const { return extended_code_; }

  /// SQLITE_CONSTRAINT and such.
  [[nodiscard]] int code() const { return extended_code_ & 0xff; }

  /// Only a new connection can be trusted after this.
  [[nodiscard]] bool breaks_connection() const;

private:
  int extended_code_;
  error why_;
};

} // namespace cafes::store::sqlite
