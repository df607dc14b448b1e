// SPDX-License-Identifier: MIT
#pragma once

#include "domain/cents.hpp"

#include <cafes/command.hpp>

#include <string>

// What can be asked of an account.

namespace bank {

struct open {
  std::string owner;
  cents overdraft_limit;
  CAFES_COMMAND("open", owner, overdraft_limit)
};

struct deposit {
  cents amount;
  std::string reference;
  CAFES_COMMAND("deposit", amount, reference)
};

struct withdraw {
  cents amount;
  std::string reference;
  CAFES_COMMAND("withdraw", amount, reference)
};

struct close {
  CAFES_COMMAND("close")
};

} // namespace bank
