// SPDX-License-Identifier: MIT
#pragma once

#include "store/sqlite/statement.hpp"

#include <cstdint>
#include <filesystem>
#include <string_view>

struct sqlite3;

namespace cafes::store::sqlite {

enum class access {
  read,
  write,
  /// As write, and the file is made if it is not there.
  create,
};

/// One open database. Everything throws sqlite_error.
/// Thread: one at a time; every function blocks.
class database {
public:
  database(const std::filesystem::path& file, access wanted);
  database(const database&) = delete;
  database& operator=(const database&) = delete;
  ~database();

  /// A statement, prepared now or when its text was used before.
  [[nodiscard]] statement prepare(std::string_view sql);

  /// Takes back what `prepare` gave, for the next one.
  void keep(statement_cache::node_type prepared);

  /// Runs the statements of a script one after the other.
  void run(std::string_view script);

  /// Rows that the last statement changed.
  [[nodiscard]] std::int64_t changes() const;

  [[nodiscard]] bool in_transaction() const;

  /// The file could be opened for reading only.
  [[nodiscard]] bool write_protected() const;

  /// Says that this connection is in a state that nobody should go on with.
  void abandon() { abandoned_ = true; }

  [[nodiscard]] bool usable() const { return !abandoned_ && !in_transaction(); }

private:
  void configure(access wanted);

  sqlite3* at_ = nullptr;
  statement_cache prepared_;
  bool abandoned_ = false;
};

} // namespace cafes::store::sqlite
