// SPDX-License-Identifier: MIT
#pragma once

#include "store/postgres/connection.hpp"

#include <cafes/timestamp.hpp>
#include <cafes/uuid.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

// Reads in PostgreSQL's binary form, which libpqxx 6 has no means for: neither
// side prints and parses numbers, times and ids, and bytes travel as they are.

namespace cafes::store::postgres {

/// One parameter. Text ends before its first NUL; bytes are the binary form of
/// the parameter's type.
struct bind {
  std::string value;
  bool binary = false;
};

/// Rows in binary form. A column of another type or size than what is asked
/// for is thrown as pqxx::conversion_error.
class binary_rows {
public:
  explicit binary_rows(PGresult* rows) : rows_{rows, &PQclear} {}

  [[nodiscard]] int size() const { return PQntuples(rows_.get()); }
  [[nodiscard]] bool is_null(int row, int column) const {
    return PQgetisnull(rows_.get(), row, column) != 0;
  }

  /// A bigint, integer or smallint; 0 for NULL.
  [[nodiscard]] std::int64_t number(int row, int column) const;
  /// False for NULL.
  [[nodiscard]] bool flag(int row, int column) const;
  /// A timestamptz; the epoch for NULL.
  [[nodiscard]] timestamp time(int row, int column) const;
  /// Nil for NULL.
  [[nodiscard]] uuid id(int row, int column) const;
  /// Text, json, jsonb or bytea; empty for NULL. Lives as long as the rows.
  [[nodiscard]] std::string_view bytes(int row, int column) const;

private:
  [[nodiscard]] std::string_view field(int row, int column) const;

  std::unique_ptr<PGresult, decltype(&PQclear)> rows_;
};

/// As connection::run, with the rows in binary form.
[[nodiscard]] binary_rows run_binary(connection& on,
                                     const std::string& statement,
                                     std::span<const bind> binds);

/// The binary form of a bytea[].
[[nodiscard]] bind bytea_array(std::span<const std::string_view> elements);

} // namespace cafes::store::postgres
