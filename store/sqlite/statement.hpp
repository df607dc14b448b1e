// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/uuid.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

struct sqlite3_stmt;

namespace cafes::store::sqlite {

class database;

/// Bytes that are no text; not copied, as texts.
struct blob {
  std::string_view bytes;
};

struct finalize_statement {
  void operator()(sqlite3_stmt* prepared) const;
};

/// Prepared statements that wait to be used again, by their text.
using statement_cache
  = std::map<std::string, std::unique_ptr<sqlite3_stmt, finalize_statement>,
             std::less<>>;

/// A prepared statement in use; goes back to its database, reset, at the end
/// of its scope. Everything throws sqlite_error.
/// Must not outlive its database.
class statement {
public:
  statement(database& home, statement_cache::node_type prepared);
  statement(const statement&) = delete;
  statement& operator=(const statement&) = delete;
  ~statement();

  /// Starts afresh with ?1, ?2, … set to these values. Texts and ids are not
  /// copied: they must live until the last step, so temporaries are refused.
  template <class... Values>
  statement& bind(Values&&... values) {
    reset();
    int index = 0;
    (bind_one(++index, std::forward<Values>(values)), ...);
    return *this;
  }

  /// Goes to the next row; false when there is none.
  [[nodiscard]] bool step();

  /// Steps to the end and is ready for other values.
  void run();

  // -- the row, columns from 0 -----------------------------------------------

  [[nodiscard]] std::int64_t integer(int column) const;
  /// Of a blob, its bytes.
  [[nodiscard]] std::string text(int column) const;
  /// Nil for NULL.
  [[nodiscard]] uuid id(int column) const;
  [[nodiscard]] bool is_null(int column) const;

private:
  void reset();
  void bind_one(int index, std::int64_t value);
  void bind_one(int index, const std::string& value) {
    bind_text(index, value);
  }
  void bind_one(int index, std::string&& value) = delete;
  /// NULL for nullptr.
  void bind_one(int index, const std::string* value);
  /// NULL for the nil id.
  void bind_one(int index, const uuid& value);
  void bind_one(int index, uuid&& value) = delete;
  void bind_one(int index, const blob& value);
  void bind_text(int index, std::string_view value);
  void check(int code) const;

  database& home_;
  statement_cache::node_type prepared_;
  sqlite3_stmt* at_;
};

} // namespace cafes::store::sqlite
