// SPDX-License-Identifier: MIT
#pragma once

#include "apps/bank/import_queue.hpp"
#include "apps/bank/statement.hpp"

#include <cafes/runtime.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace bank {

/// How an import went.
struct imported {
  import_queue::result ended;
  std::vector<malformed_line> malformed;
  /// The last balance that the statement gives for each account.
  std::map<std::string, cents> stated_balances;
  std::int64_t new_events = 0;
  std::chrono::duration<double> took{0};
};

/// Says on stderr what was refused, malformed or left out, by line.
void report_problems(const std::string& file, const imported& all);

/// Prints accounts, events, rate, lag, the sum of all balances and the ten
/// largest to stdout. Errors: those of reading the view.
[[nodiscard]] cafes::expected<void> print_summary(cafes::runtime& service,
                                                  const imported& all);

} // namespace bank
