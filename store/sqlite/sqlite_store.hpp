// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_store.hpp"

#include <memory>
#include <string>

namespace cafes::store::sqlite {

/// Opens the store in a file, which is made if it is not there, and keeps
/// other processes away from it until the store and its sessions are gone.
/// Errors: not_owner (in use; the message names the process), unavailable
/// (folder missing, no write access), invalid_argument (no path, a folder, no
/// database, another program's database), corrupt.
[[nodiscard]] expected<std::unique_ptr<log_store>>
open_sqlite_store(const std::string& path);

} // namespace cafes::store::sqlite
