// SPDX-License-Identifier: MIT
#pragma once

#include <libpq-fe.h>

#include <memory>

// What the server answers on a session that libpq's own functions use, as the
// exceptions of libpqxx, which translate_error.hpp reads.

namespace cafes::store::postgres {

using result_ptr = std::unique_ptr<PGresult, decltype(&PQclear)>;

/// Waits for the next result; null when there is no more.
[[nodiscard]] result_ptr next_result(PGconn* session);

/// Throws unless the result is what was wanted.
void expect(PGconn* session, const result_ptr& result, ExecStatusType wanted);

/// Throws unless nothing follows the last confirmation: what does cannot say
/// "nothing stored" any more.
void expect_end(PGconn* session);

/// Throws pqxx::sql_error (the server refused) or pqxx::broken_connection
/// (nobody knows). The session is ready for its next statement, or over.
[[noreturn]] void fail(PGconn* session, const PGresult* result);

} // namespace cafes::store::postgres
