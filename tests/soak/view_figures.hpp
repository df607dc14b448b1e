// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace cafes::soak {

/// A row of the table of the read side in docs/faults.md.
struct view_figures {
  std::string fault;
  std::int64_t rounds = 0;
  /// In the logs at the end.
  std::int64_t events = 0;
  /// Set aside when the views were compared at the end.
  std::int64_t parked = 0;
  /// Until the views had all that was in the log.
  std::chrono::milliseconds longest{0};
  std::size_t findings = 0;
};

/// Printed with all others as a table when the tests have ended.
void report(const view_figures& row);

} // namespace cafes::soak
