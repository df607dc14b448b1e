// SPDX-License-Identifier: MIT
#pragma once

#include "domain/cents.hpp"

#include <cstddef>
#include <istream>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace bank {

/// One row of a bank statement.
struct transaction {
  enum class direction { deposit, withdrawal };

  std::size_t line = 0;
  std::string id;
  std::string date;
  std::string account;
  direction kind = direction::deposit;
  cents amount;
  /// What the bank says the account held afterwards.
  cents balance;
  std::string description;
};

/// A line that is not a transaction: where, and what should stand there.
struct malformed_line {
  std::size_t line = 0;
  /// From 1, in bytes.
  std::size_t column = 0;
  std::string expected;
};

/// "line 7, column 21: expected …"
[[nodiscard]] std::string describe(const malformed_line& mistake);

/// Reads a statement line by line: CSV with the columns transaction_id, date,
/// account_id, type, amount_cents, balance_cents, description; fields may be
/// quoted. A malformed line does not end the reading. Thread: one at a time.
class statement_reader {
public:
  explicit statement_reader(std::istream& in) : in_{in} {}

  using row = std::variant<transaction, malformed_line>;

  /// Checks the first line. Nothing else should be read after a mistake.
  [[nodiscard]] std::optional<malformed_line> read_header();

  /// The next row; nullopt at the end.
  [[nodiscard]] std::optional<row> next();

private:
  bool read_line(std::string& line);

  std::istream& in_;
  std::size_t line_ = 0;
};

} // namespace bank
