// SPDX-License-Identifier: MIT
#include "tests/soak/view_figures.hpp"

#include <boost/test/unit_test.hpp>

#include <iostream>
#include <vector>

namespace cafes::soak {

namespace {

std::vector<view_figures>& all_rows() {
  static std::vector<view_figures> rows;
  return rows;
}

struct views_printed_at_the_end {
  ~views_printed_at_the_end() {
    if (all_rows().empty())
      return;
    std::cout << "| fault | rounds | events | parked | longest, ms | findings "
                 "|\n|---|--:|--:|--:|--:|--:|\n";
    for (const auto& row : all_rows())
      std::cout << "| " << row.fault << " | " << row.rounds << " | "
                << row.events << " | " << row.parked << " | "
                << row.longest.count() << " | " << row.findings << " |\n";
  }
};

BOOST_TEST_GLOBAL_FIXTURE(views_printed_at_the_end);

} // namespace

void report(const view_figures& row) {
  all_rows().push_back(row);
}

} // namespace cafes::soak
