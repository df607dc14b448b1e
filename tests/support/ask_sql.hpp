// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/store_under_test.hpp"

#include <string>
#include <vector>

namespace cafes::test {

using sql_rows = std::vector<std::vector<std::string>>;

/// What people get who ask the database itself; NULL as an empty text. Throws
/// with the database's words where it refuses.
sql_rows ask_sql(const store_under_test& under, const std::string& statement);

} // namespace cafes::test
