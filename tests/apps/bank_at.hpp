// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/bank_program.hpp"
#include "tests/support/scratch_folder.hpp"

#include <string>
#include <vector>

namespace cafes::test {

/// A SQLite store in a folder of its own, and the bank program on it.
struct bank_at {
  scratch_folder folder;
  std::string file = folder.path() + "/bank.db";
  std::string store = "sqlite:" + file;

  child_end operator()(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--store", store});
    return bank(arguments);
  }

  /// Account 7 with two deposits, account 8 with none.
  void open_accounts() const {
    (*this)({"send", "account", "7", "open",
             R"({"owner":"ann","overdraft_limit":100})"});
    (*this)({"send", "account", "7", "deposit",
             R"({"amount":50,"reference":"first"})"});
    (*this)({"send", "account", "7", "deposit",
             R"({"amount":20,"reference":"second"})"});
    (*this)({"send", "account", "8", "open",
             R"({"owner":"bob","overdraft_limit":0})"});
  }
};

} // namespace cafes::test
