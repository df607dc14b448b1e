// SPDX-License-Identifier: MIT
#include "store/postgres/copy_in.hpp"

#include "store/postgres/server_answer.hpp"

#include <cstddef>
#include <string>

namespace cafes::store::postgres {

namespace {

void send(PGconn* session, std::string_view body) {
  const auto size = static_cast<int>(body.size());
  const bool sent = PQputCopyData(session, body.data(), size) == 1;
  const auto* reason = sent ? nullptr : "the rows could not be sent";
  if (PQputCopyEnd(session, reason) != 1)
    fail(session, nullptr);
}

} // namespace

void copy_in(connection& on, std::string_view statements,
             std::span<const std::string_view> bodies) {
  auto* session = on.handle();
  result_ptr result{PQexec(session, std::string{statements}.c_str()), &PQclear};
  for (std::size_t body = 0; body < bodies.size(); ++body) {
    if (body > 0)
      result = next_result(session);
    expect(session, result, PGRES_COPY_IN);
    send(session, bodies[body]);
    result = next_result(session);
    expect(session, result, PGRES_COMMAND_OK);
  }
  expect_end(session);
}

} // namespace cafes::store::postgres
