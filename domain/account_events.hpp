// SPDX-License-Identifier: MIT
#pragma once

#include "domain/cents.hpp"

#include <cafes/event.hpp>

#include <string>

// What has happened to an account. Names and shapes are stored for ever.

namespace bank {

struct opened {
  std::string owner;
  cents overdraft_limit;
  CAFES_EVENT("account.opened", 1, owner, overdraft_limit)
};

struct deposited {
  cents amount;
  std::string reference;
  CAFES_EVENT("account.deposited", 1, amount, reference)
};

struct withdrawn {
  cents amount;
  std::string reference;
  CAFES_EVENT("account.withdrawn", 1, amount, reference)
};

struct closed {
  CAFES_EVENT("account.closed", 1)
};

} // namespace bank
