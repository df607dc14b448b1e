// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/expected.hpp>

#include <string>
#include <vector>

namespace cafes::store::postgres {

/// What libpq is told when it connects: the DSN's own keywords as libpq reads
/// them, and ours where neither the DSN nor libpq's environment sets one.
struct conninfo {
  std::vector<std::string> keywords;
  std::vector<std::string> values;
};

/// Reads a conninfo string or a postgresql:// URI.
/// Errors: invalid_argument; the message quotes nothing that may be secret.
[[nodiscard]] expected<conninfo> read_conninfo(const std::string& dsn);

} // namespace cafes::store::postgres
