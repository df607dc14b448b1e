// SPDX-License-Identifier: MIT
#include "store/postgres/read_session.hpp"

namespace cafes::store::postgres {

namespace {

std::vector<sql::embedded> with_schema(std::vector<sql::embedded> statements) {
  for (const auto& more : schema_statements())
    statements.push_back(more);
  return statements;
}

} // namespace

read_session::read_session(conninfo where,
                           std::vector<sql::embedded> statements,
                           std::function<void()> opened)
  : connection_{std::move(where), with_schema(std::move(statements))},
    opened_{std::move(opened)} {}

expected<void> read_session::open() {
  if (connection_.is_open())
    return {};
  if (auto opened = connection_.open(); !opened)
    return opened;
  if (auto known = require_schema(connection_); !known) {
    connection_.close();
    return failure_of(known);
  }
  opened_();
  return {};
}

} // namespace cafes::store::postgres
