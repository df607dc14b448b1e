// SPDX-License-Identifier: MIT
#include "store/postgres/binary_rows.hpp"

#include <pqxx/except>

#include <algorithm>
#include <chrono>
#include <limits>
#include <vector>

namespace cafes::store::postgres {

namespace {

// From pg_type.dat; these never change.
constexpr Oid jsonb_oid = 3802;
constexpr std::int32_t bytea_oid = 17;

constexpr char jsonb_version = 1;

[[noreturn]] void unreadable(const std::string& wanted) {
  throw pqxx::conversion_error{"a column is no " + wanted};
}

/// Two's complement, the highest byte first.
std::int64_t number_of(std::string_view bytes) {
  std::uint64_t value = bytes.empty() || bytes[0] >= 0
                          ? 0
                          : std::numeric_limits<std::uint64_t>::max();
  for (const char byte : bytes)
    value = value << 8 | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(value);
}

void add_number(std::string& to, std::int32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8)
    to += static_cast<char>(static_cast<std::uint32_t>(number) >> shift & 0xff);
}

[[noreturn]] void fail(PGconn* session, const PGresult* result,
                       const std::string& statement) {
  const auto* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  if (state == nullptr)
    throw pqxx::broken_connection{PQerrorMessage(session)};
  throw pqxx::sql_error{PQresultErrorMessage(result), statement, state};
}

} // namespace

std::string_view binary_rows::field(int row, int column) const {
  return {PQgetvalue(rows_.get(), row, column),
          static_cast<std::size_t>(PQgetlength(rows_.get(), row, column))};
}

std::int64_t binary_rows::number(int row, int column) const {
  const auto bytes = field(row, column);
  if (bytes.size() != 8 && bytes.size() != 4 && bytes.size() != 2
      && !is_null(row, column))
    unreadable("number");
  return number_of(bytes);
}

bool binary_rows::flag(int row, int column) const {
  const auto bytes = field(row, column);
  if (bytes.size() != 1 && !is_null(row, column))
    unreadable("boolean");
  return !bytes.empty() && bytes[0] != 0;
}

/// Microseconds since 2000; the ends of the range mean infinity.
timestamp binary_rows::time(int row, int column) const {
  using namespace std::chrono;
  constexpr sys_days origin = year{2000} / 1 / 1;
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  if (is_null(row, column))
    return {};
  const auto bytes = field(row, column);
  const auto since = number_of(bytes);
  if (bytes.size() != 8 || since == most || since <= -most)
    unreadable("time");
  return origin + microseconds{since};
}

uuid binary_rows::id(int row, int column) const {
  uuid found;
  const auto bytes = field(row, column);
  if (bytes.size() == found.bytes.size())
    std::copy(bytes.begin(), bytes.end(), found.bytes.begin());
  else if (!is_null(row, column))
    unreadable("uuid");
  return found;
}

std::string_view binary_rows::bytes(int row, int column) const {
  auto found = field(row, column);
  if (found.empty() || PQftype(rows_.get(), column) != jsonb_oid)
    return found;
  if (found[0] != jsonb_version)
    unreadable("jsonb of a version that is known");
  found.remove_prefix(1);
  return found;
}

binary_rows run_binary(connection& on, const std::string& statement,
                       std::span<const bind> binds) {
  on.session().prepare_now(statement);
  std::vector<const char*> values;
  std::vector<int> lengths;
  std::vector<int> formats;
  for (const auto& [value, binary] : binds) {
    values.push_back(value.c_str());
    lengths.push_back(static_cast<int>(value.size()));
    formats.push_back(binary ? 1 : 0);
  }
  auto* session = on.handle();
  auto* result = PQexecPrepared(session, statement.c_str(),
                                static_cast<int>(binds.size()), values.data(),
                                lengths.data(), formats.data(), 1);
  binary_rows rows{result};
  const auto status = PQresultStatus(result);
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
    fail(session, result, statement);
  return rows;
}

bind bytea_array(std::span<const std::string_view> elements) {
  std::string form;
  const auto count = static_cast<std::int32_t>(elements.size());
  for (const auto header : {count > 0 ? 1 : 0, 0, bytea_oid})
    add_number(form, header);
  if (count > 0) {
    add_number(form, count);
    add_number(form, 1);
  }
  for (const auto element : elements) {
    add_number(form, static_cast<std::int32_t>(element.size()));
    form += element;
  }
  return {std::move(form), true};
}

} // namespace cafes::store::postgres
