// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_store.hpp"

#include <cafes/expected.hpp>
#include <cafes/settings.hpp>

#include <memory>
#include <string>

namespace cafes::store::postgres {

/// A store in the schema that comes first in the DSN's search_path. Each of
/// its sessions is a connection of its own. `payload` counts when the schema
/// is created.
/// Errors: invalid_argument (the DSN, or a database that is not in UTF-8),
/// unavailable (cannot be reached).
[[nodiscard]] expected<std::unique_ptr<log_store>>
open_postgres_store(const std::string& dsn, payload_format payload);

} // namespace cafes::store::postgres
