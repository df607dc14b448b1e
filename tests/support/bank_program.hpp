// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/child_process.hpp"
#include "tests/support/statement_file.hpp"

#include <boost/test/tools/assertion_result.hpp>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <vector>

// The bank program from outside: its command line, stdout, stderr, exit code.

namespace cafes::test {

/// The program's path with these arguments.
[[nodiscard]] std::vector<std::string>
bank_command(const std::vector<std::string>& arguments);

/// Runs it to its end.
child_end bank(const std::vector<std::string>& arguments,
               const child_options& options = {});

/// For BOOST_TEST: it ended with this code, and stderr has these words.
boost::test_tools::assertion_result ends_with(int code, const child_end& ended,
                                              const std::string& words = "");

/// For BOOST_TEST: it ended with 0 and said nothing on stderr.
boost::test_tools::assertion_result succeeds(const child_end& ended);

/// stdout, which must be JSON and nothing else.
[[nodiscard]] nlohmann::json json_of(const child_end& ended);

/// `bank view balances`: the balance of each account.
[[nodiscard]] statement::balances balances_in(const std::string& store);

/// What an import has printed.
struct import_summary {
  std::int64_t accounts = -1;
  std::int64_t events = -1;
  std::int64_t new_events = -1;
  std::int64_t accepted = -1;
  std::int64_t repeated = -1;
  std::int64_t refused = -1;
  std::int64_t lag = -1;
  std::int64_t sum = -1;
  std::int64_t agreeing = -1;
  std::int64_t stated = -1;
};

/// Fails the test where a line misses.
[[nodiscard]] import_summary summary_in(const child_end& ended);

} // namespace cafes::test
