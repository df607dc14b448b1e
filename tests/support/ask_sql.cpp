// SPDX-License-Identifier: MIT
#include "tests/support/ask_sql.hpp"

#include <pqxx/connection>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <sqlite3.h>

#include <memory>
#include <stdexcept>

namespace cafes::test {

namespace {

sql_rows ask_postgresql(const std::string& place,
                        const std::string& statement) {
  pqxx::connection session{place};
  const auto answered = pqxx::nontransaction{session}.exec(statement);
  sql_rows rows;
  for (const auto& row : answered) {
    auto& texts = rows.emplace_back();
    for (const auto& field : row)
      texts.emplace_back(field.c_str());
  }
  return rows;
}

int add_row(void* rows, int columns, char** texts, char**) {
  auto& row = static_cast<sql_rows*>(rows)->emplace_back();
  for (int column = 0; column < columns; ++column)
    row.emplace_back(texts[column] == nullptr ? "" : texts[column]);
  return 0;
}

sql_rows ask_sqlite(const std::string& place, const std::string& statement) {
  sqlite3* opened = nullptr;
  const auto failed = sqlite3_open(place.c_str(), &opened);
  const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> session{
    opened, sqlite3_close};
  sql_rows rows;
  if (failed != SQLITE_OK
      || sqlite3_exec(opened, statement.c_str(), add_row, &rows, nullptr)
           != SQLITE_OK)
    throw std::runtime_error{sqlite3_errmsg(opened)};
  return rows;
}

} // namespace

sql_rows ask_sql(const store_under_test& under, const std::string& statement) {
  return under.kind() == backend::sqlite
           ? ask_sqlite(under.place(), statement)
           : ask_postgresql(under.place(), statement);
}

} // namespace cafes::test
