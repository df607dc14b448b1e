// SPDX-License-Identifier: MIT
#include "tests/soak/soak_figures.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

namespace cafes::soak {

namespace {

std::vector<soak_figures>& all_rows() {
  static std::vector<soak_figures> rows;
  return rows;
}

struct printed_at_the_end {
  ~printed_at_the_end() {
    if (all_rows().empty())
      return;
    std::cout << "| fault | rounds | sent | accepted | refused | errors | "
                 "repeated | recoveries | longest, ms | findings |\n"
              << "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";
    for (const auto& row : all_rows())
      std::cout << "| " << row.fault << " | " << row.rounds << " | "
                << row.clients.sent << " | " << row.clients.accepted << " | "
                << row.clients.refused << " | " << row.clients.failed << " | "
                << row.clients.retried << " | " << row.recoveries << " | "
                << row.recovery_longest.count() << " | " << row.findings
                << " |\n";
  }
};

BOOST_TEST_GLOBAL_FIXTURE(printed_at_the_end);

} // namespace

void report(const soak_figures& row) {
  all_rows().push_back(row);
}

std::int64_t scaled(std::int64_t count) {
  const char* given = std::getenv("CAFES_SOAK_SCALE");
  const double scale = given == nullptr ? 0.1 : std::stod(given);
  return std::max<std::int64_t>(
    1, std::llround(static_cast<double>(count) * scale));
}

} // namespace cafes::soak
