// SPDX-License-Identifier: MIT
#pragma once

#include "apps/bank/statement.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace cafes::bench {

/// What one would write by hand first: for each row, SELECT the account's
/// newest version and balance, decide, INSERT the event; both statements
/// prepared, each its own transaction, over one connection with plain libpq.
/// The unique key is the only guard. Makes its table in the conninfo's schema.
/// Throws std::runtime_error.
[[nodiscard]] std::chrono::duration<double>
run_naive_loop(const std::string& conninfo,
               const std::vector<bank::transaction>& rows);

} // namespace cafes::bench
