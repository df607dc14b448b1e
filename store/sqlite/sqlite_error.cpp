// SPDX-License-Identifier: MIT
#include "store/sqlite/sqlite_error.hpp"

#include <sqlite3.h>

#include <string>

namespace cafes::store::sqlite {

namespace {

struct meaning {
  errc code;
  const char* advice;
};

meaning meaning_of(int code) {
  switch (code) {
    case SQLITE_FULL:
      return {errc::unavailable, "; make room on the disk"};
    case SQLITE_READONLY:
      return {errc::unavailable,
              "; give this user write access to the file and its folder"};
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return {errc::unavailable, "; check that the file, its folder and the "
                                 "-wal and -shm files beside it are there and "
                                 "that this user may write them"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {errc::unavailable,
              "; another program holds the file, end its transaction"};
    case SQLITE_IOERR:
      return {errc::unavailable, "; check the disk and its file system"};
    case SQLITE_NOTADB:
      return {errc::invalid_argument,
              "; it is no SQLite database, choose another file"};
    case SQLITE_CORRUPT:
      return {errc::corrupt, "; stop, keep a copy of the file, and restore the "
                             "last backup"};
    case SQLITE_TOOBIG:
      return {errc::limit_exceeded, ""};
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
      return {errc::invalid_argument, ""};
    default:
      return {errc::unavailable, ""};
  }
}

std::string message_of(sqlite3* at, int extended_code, const char* advice) {
  const char* file = at ? sqlite3_db_filename(at, "main") : nullptr;
  std::string message = file && *file ? file : "SQLite";
  message += ": ";
  message += at ? sqlite3_errmsg(at) : sqlite3_errstr(extended_code);
  message += " (SQLite code " + std::to_string(extended_code) + ")";
  return message + advice;
}

} // namespace

sqlite_error::sqlite_error(sqlite3* at, int extended_code)
  : extended_code_{extended_code} {
  const auto [code_of_ours, advice] = meaning_of(code());
  why_ = {code_of_ours, message_of(at, extended_code, advice)};
}

bool sqlite_error::breaks_connection() const {
  switch (code()) {
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
    case SQLITE_FULL:
      return false;
    default:
      return true;
  }
}

} // namespace cafes::store::sqlite
