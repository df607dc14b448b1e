// SPDX-License-Identifier: MIT
#include "store/sqlite/statement.hpp"

#include "store/sqlite/database.hpp"
#include "store/sqlite/sqlite_error.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <utility>

namespace cafes::store::sqlite {

void finalize_statement::operator()(sqlite3_stmt* prepared) const {
  sqlite3_finalize(prepared);
}

statement::statement(database& home, statement_cache::node_type prepared)
  : home_{home},
    prepared_{std::move(prepared)},
    at_{prepared_.mapped().get()} {}

statement::~statement() {
  sqlite3_reset(at_);
  // Bound texts belong to the user of this scope.
  sqlite3_clear_bindings(at_);
  home_.keep(std::move(prepared_));
}

bool statement::step() {
  const int code = sqlite3_step(at_);
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    throw sqlite_error{sqlite3_db_handle(at_), code};
  return code == SQLITE_ROW;
}

void statement::run() {
  while (step()) {
  }
  reset();
}

std::int64_t statement::integer(int column) const {
  return sqlite3_column_int64(at_, column);
}

std::string statement::text(int column) const {
  const void* bytes = sqlite3_column_blob(at_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(at_, column));
  return size == 0 ? std::string{}
                   : std::string{static_cast<const char*>(bytes), size};
}

uuid statement::id(int column) const {
  uuid found;
  const void* bytes = sqlite3_column_blob(at_, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(at_, column));
  if (bytes && size == found.bytes.size())
    std::copy_n(static_cast<const std::uint8_t*>(bytes), size,
                found.bytes.begin());
  return found;
}

bool statement::is_null(int column) const {
  return sqlite3_column_type(at_, column) == SQLITE_NULL;
}

void statement::reset() {
  // Its code repeats the failure of the last step, which was reported then.
  sqlite3_reset(at_);
}

void statement::bind_one(int index, std::int64_t value) {
  check(sqlite3_bind_int64(at_, index, value));
}

void statement::bind_one(int index, const std::string* value) {
  if (value)
    bind_text(index, *value);
  else
    check(sqlite3_bind_null(at_, index));
}

void statement::bind_one(int index, const uuid& value) {
  if (value.is_nil())
    check(sqlite3_bind_null(at_, index));
  else
    check(sqlite3_bind_blob64(at_, index, value.bytes.data(),
                              value.bytes.size(), SQLITE_STATIC));
}

void statement::bind_one(int index, const blob& value) {
  check(sqlite3_bind_blob64(at_, index, value.bytes.data(), value.bytes.size(),
                            SQLITE_STATIC));
}

void statement::bind_text(int index, std::string_view value) {
  check(sqlite3_bind_text64(at_, index, value.data(), value.size(),
                            SQLITE_STATIC, SQLITE_UTF8));
}

void statement::check(int code) const {
  if (code != SQLITE_OK)
    throw sqlite_error{sqlite3_db_handle(at_), code};
}

} // namespace cafes::store::sqlite
