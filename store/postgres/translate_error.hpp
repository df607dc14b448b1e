// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_connection.hpp"
#include "store/postgres/connection.hpp"

#include <cafes/expected.hpp>

#include <string_view>
#include <type_traits>

// Where libpqxx's exceptions end. The functions below are for catch blocks;
// those that translate close a session that turns out to be lost.

namespace cafes::store::postgres {

/// The error of the statement whose exception is in flight; `doing` says in a
/// word what was attempted. Codes: unavailable (the session is lost, or the
/// server cannot), invalid_argument and limit_exceeded (it refuses this
/// content), incompatible_schema (it does not have our tables).
[[nodiscard]] error translate_error(connection& on, std::string_view doing);

/// How a write ended whose exception is in flight. It must have been one
/// transaction that the server ends by itself: then an answer with an SQLSTATE
/// on a live session says that nothing is stored, and nothing else does.
[[nodiscard]] write_result translate_write(connection& on);

/// Passes the exception in flight on unless it says that lock_timeout is over.
void rethrow_unless_lock_timeout();

/// Runs work that returns an expected and may throw what libpqxx throws.
template <class Work>
[[nodiscard]] std::invoke_result_t<Work>
attempt(connection& on, std::string_view doing, Work work) {
  try {
    return work();
  } catch (...) {
    return unexpected<>{translate_error(on, doing)};
  }
}

} // namespace cafes::store::postgres
