// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace cafes::bench {

/// Accounts with a past: opened, then deposits.
struct past_accounts {
  /// Keys are "past-FIRST" and so on.
  std::size_t first = 0;
  std::size_t count = 0;
  std::size_t events_each = 0;
};

/// Writes them into a PostgreSQL store that nobody owns now, by COPY, as the
/// runtime would have: dense positions, a command id for each event, accounts
/// side by side. Answers their keys. Throws.
std::vector<std::string> add_past_accounts(const std::string& conninfo,
                                           const past_accounts& wanted);

} // namespace cafes::bench
