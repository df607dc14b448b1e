// SPDX-License-Identifier: MIT
#pragma once

#include "tests/soak/ledger_client.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace cafes::soak {

/// A row of the table in docs/faults.md.
struct soak_figures {
  std::string fault;
  std::int64_t rounds = 0;
  client_figures clients{};
  /// Processes and servers started again, sessions taken up again.
  std::int64_t recoveries = 0;
  /// From the fault to the first answer after it that is no error.
  std::chrono::milliseconds recovery_longest{0};
  std::size_t findings = 0;
};

/// Printed with all others as a table when the tests have ended.
void report(const soak_figures& row);

/// A count at full scale, at the scale of this run: CAFES_SOAK_SCALE, or a
/// tenth; never less than 1.
[[nodiscard]] std::int64_t scaled(std::int64_t count);

} // namespace cafes::soak
