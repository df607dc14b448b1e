// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

// Ends sessions of a PostgreSQL server by pg_terminate_backend, but never those
// called soak. Each returns how many it has ended; the first two know no more
// than the keys of the locks.

namespace cafes::soak {

/// The one that owns log 0.
std::int64_t end_log_owner(const std::string& dsn);

/// All that build a view.
std::int64_t end_view_builders(const std::string& dsn);

/// One that chance chooses.
std::int64_t end_any_session(const std::string& dsn);

} // namespace cafes::soak
