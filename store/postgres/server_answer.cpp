// SPDX-License-Identifier: MIT
#include "store/postgres/server_answer.hpp"

#include <pqxx/except>

#include <string>

namespace cafes::store::postgres {

namespace {

/// Leaves the session ready for its next statement.
void drain(PGconn* session) {
  while (PQstatus(session) == CONNECTION_OK) {
    const auto rest = next_result(session);
    if (!rest)
      return;
    if (PQresultStatus(rest.get()) == PGRES_COPY_IN)
      PQputCopyEnd(session, "abandoned");
  }
}

} // namespace

result_ptr next_result(PGconn* session) {
  return {PQgetResult(session), &PQclear};
}

void expect(PGconn* session, const result_ptr& result, ExecStatusType wanted) {
  if (PQresultStatus(result.get()) != wanted)
    fail(session, result.get());
}

void expect_end(PGconn* session) {
  if (const auto result = next_result(session))
    throw pqxx::broken_connection{PQresultErrorMessage(result.get())};
}

void fail(PGconn* session, const PGresult* result) {
  const auto* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string sqlstate = state == nullptr ? "" : state;
  const std::string message = result == nullptr ? PQerrorMessage(session)
                                                : PQresultErrorMessage(result);
  drain(session);
  if (sqlstate.empty() || PQstatus(session) != CONNECTION_OK)
    throw pqxx::broken_connection{message};
  throw pqxx::sql_error{message, "write", sqlstate.c_str()};
}

} // namespace cafes::store::postgres
