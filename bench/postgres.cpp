// SPDX-License-Identifier: MIT
#include "bench/postgres.hpp"

#include <cstdlib>
#include <stdexcept>

namespace cafes::bench {

std::string bench_server() {
  const char* given = std::getenv("CAFES_TEST_POSTGRES");
  if (given == nullptr || *given == '\0')
    throw std::runtime_error{"CAFES_TEST_POSTGRES is not set: give it the "
                             "conninfo of a PostgreSQL server, or run "
                             "./dev bench"};
  return given;
}

session connect(const std::string& conninfo) {
  session made{PQconnectdb(conninfo.c_str())};
  if (PQstatus(made.get()) != CONNECTION_OK)
    throw std::runtime_error{PQerrorMessage(made.get())};
  return made;
}

answer checked(PGresult* raw, ExecStatusType wanted) {
  answer result{raw};
  if (PQresultStatus(raw) != wanted)
    throw std::runtime_error{PQresultErrorMessage(raw)};
  return result;
}

void run(const session& on, const std::string& sql) {
  static_cast<void>(checked(PQexec(on.get(), sql.c_str()), PGRES_COMMAND_OK));
}

answer select(const session& on, const std::string& sql) {
  return checked(PQexec(on.get(), sql.c_str()), PGRES_TUPLES_OK);
}

std::string select_text(const session& on, const std::string& sql) {
  const auto rows = select(on, sql);
  if (PQntuples(rows.get()) == 0)
    throw std::runtime_error{"no row: " + sql};
  return PQgetvalue(rows.get(), 0, 0);
}

std::int64_t select_number(const session& on, const std::string& sql) {
  return std::stoll(select_text(on, sql));
}

} // namespace cafes::bench
