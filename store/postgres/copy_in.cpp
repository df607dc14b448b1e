// SPDX-License-Identifier: MIT
#include "store/postgres/copy_in.hpp"

#include <pqxx/except>

#include <memory>

namespace cafes::store::postgres {

namespace {

using result_ptr = std::unique_ptr<PGresult, decltype(&PQclear)>;

result_ptr next_result(PGconn* session) {
  return {PQgetResult(session), &PQclear};
}

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

[[noreturn]] void fail(PGconn* session, const PGresult* result) {
  const auto* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string sqlstate = state == nullptr ? "" : state;
  const std::string message = result == nullptr ? PQerrorMessage(session)
                                                : PQresultErrorMessage(result);
  drain(session);
  if (sqlstate.empty() || PQstatus(session) != CONNECTION_OK)
    throw pqxx::broken_connection{message};
  throw pqxx::sql_error{message, "COPY", sqlstate.c_str()};
}

void expect(PGconn* session, const result_ptr& result, ExecStatusType wanted) {
  if (PQresultStatus(result.get()) != wanted)
    fail(session, result.get());
}

void send(PGconn* session, const std::string& body) {
  const auto size = static_cast<int>(body.size());
  const bool sent = PQputCopyData(session, body.data(), size) == 1;
  const auto* reason = sent ? nullptr : "the rows could not be sent";
  if (PQputCopyEnd(session, reason) != 1)
    fail(session, nullptr);
}

} // namespace

void copy_in(connection& on, std::string_view statements,
             std::span<const std::string> bodies) {
  auto* session = on.handle();
  result_ptr result{PQexec(session, std::string{statements}.c_str()), &PQclear};
  for (const auto& body : bodies) {
    expect(session, result, PGRES_COPY_IN);
    send(session, body);
    result = next_result(session);
    expect(session, result, PGRES_COMMAND_OK);
    result = next_result(session);
  }
  // What follows the last confirmation cannot say "nothing stored" any more.
  if (result)
    throw pqxx::broken_connection{PQresultErrorMessage(result.get())};
}

} // namespace cafes::store::postgres
