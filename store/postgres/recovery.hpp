// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_reader.hpp"
#include "store/postgres/binary_rows.hpp"
#include "store/postgres/name_cache.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace cafes::store::postgres {

/// Runs sql/recover.sql, which must be among the connection's statements.
/// Throws what libpqxx throws. Errors: corrupt (an event is missing, or a
/// number has no name).
[[nodiscard]] expected<std::vector<recovered_stream>>
recover_streams(connection& on, name_cache& names,
                std::span<const recovery_request> streams,
                std::size_t events_max);

} // namespace cafes::store::postgres
