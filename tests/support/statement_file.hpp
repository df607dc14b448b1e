// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/seeded_random.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace cafes::test {

/// A statement whose balances are exact, for an import to be measured against.
struct statement {
  struct row {
    std::string id;
    std::string date;
    std::string account;
    bool is_deposit = true;
    std::int64_t amount = 0;
    std::int64_t balance = 0;
    std::string description;

    /// What the account's event says about it.
    [[nodiscard]] std::string reference() const {
      return id + " " + date + " " + description;
    }
  };

  std::vector<row> rows;

  using balances = std::map<std::string, std::int64_t>;

  /// Of each account, after its last row.
  [[nodiscard]] balances last_balances() const;

  /// Rows and the opening of each account.
  [[nodiscard]] std::int64_t events() const;

  /// As CSV.
  [[nodiscard]] std::string text(const std::string& line_end = "\n") const;
};

inline constexpr const char* statement_header
  = "transaction_id,date,account_id,type,amount_cents,balance_cents,"
    "description";

struct statement_size {
  std::size_t rows = 0;
  std::size_t accounts = 0;
};

/// A random one; no balance is below -100,000 cents.
[[nodiscard]] statement make_statement(statement_size size,
                                       seeded_random& random);

void write_file(const std::string& path, const std::string& text);

} // namespace cafes::test
