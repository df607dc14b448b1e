// SPDX-License-Identifier: MIT
#pragma once

#include "store/postgres/connection.hpp"

#include <span>
#include <string_view>

namespace cafes::store::postgres {

/// Runs COPY … FROM STDIN statements, one body of rows for each, in a single
/// message and therefore in a single transaction of its own: all rows of all
/// bodies are committed on return, or none.
///
/// Not pqxx::stream_to, because that one ends its COPY, and so commits the
/// rows it has seen, when an exception leaves it between two rows. The bodies
/// here are complete before the first byte is sent.
/// Throws pqxx::sql_error (the server refused; nothing stored),
/// pqxx::broken_connection (nobody knows).
void copy_in(connection& on, std::string_view statements,
             std::span<const std::string_view> bodies);

} // namespace cafes::store::postgres
