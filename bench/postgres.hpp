// SPDX-License-Identifier: MIT
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <string>

namespace cafes::bench {

struct close_session {
  void operator()(PGconn* open) const { PQfinish(open); }
};

struct clear_answer {
  void operator()(PGresult* held) const { PQclear(held); }
};

using session = std::unique_ptr<PGconn, close_session>;
using answer = std::unique_ptr<PGresult, clear_answer>;

// Plain libpq, for programs that do nothing else. All of them throw
// std::runtime_error with the server's words. Thread: one a session.

/// The conninfo in CAFES_TEST_POSTGRES.
[[nodiscard]] std::string bench_server();

[[nodiscard]] session connect(const std::string& conninfo);

[[nodiscard]] answer checked(PGresult* raw, ExecStatusType wanted);

/// A statement without rows.
void run(const session& on, const std::string& sql);

[[nodiscard]] answer select(const session& on, const std::string& sql);

/// The first column of the first row.
[[nodiscard]] std::string select_text(const session& on,
                                      const std::string& sql);
[[nodiscard]] std::int64_t select_number(const session& on,
                                         const std::string& sql);

} // namespace cafes::bench
