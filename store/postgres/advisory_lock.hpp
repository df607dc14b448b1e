// SPDX-License-Identifier: MIT
#pragma once

#include "store/postgres/connection.hpp"

#include <chrono>
#include <string>
#include <vector>

// Locks that belong to a session and end with it, so that no clock decides
// who is alive. All functions throw what libpqxx throws.

namespace cafes::store::postgres {

/// The statements used here, for the list of a connection that locks.
[[nodiscard]] std::vector<sql::embedded> lock_statements();

/// Takes the lock with this key; false when another session still holds it
/// after `wait`.
[[nodiscard]] bool lock(connection& on, const std::string& key,
                        std::chrono::milliseconds wait);

/// Gives the lock up. Closing a session does that too, but some time later.
void unlock(connection& on, const std::string& key) noexcept;

/// The server's process that holds the lock, for people; empty when none does.
[[nodiscard]] std::string holder_of_lock(connection& on,
                                         const std::string& key);

} // namespace cafes::store::postgres
