// SPDX-License-Identifier: MIT
#pragma once

#include "domain/account_commands.hpp"
#include "domain/account_events.hpp"

#include <cafes/decider.hpp>

#include <string_view>

namespace bank {

/// Why the bank says no.
enum class refusal {
  already_open,
  not_open,
  bad_amount,
  insufficient_funds,
  amount_too_large,
  balance_not_zero,
};

[[nodiscard]] std::string_view to_string(refusal reason);

/// A bank account in whole cents. A decider: no base class, and nothing of
/// the runtime inside.
struct account {
  static constexpr std::string_view category = "account";

  enum class phase { unopened, open, closed };

  struct state {
    phase is = phase::unopened;
    cents balance;
    cents overdraft_limit;
    CAFES_STATE(1, is, balance, overdraft_limit)
  };

  using commands = cafes::one_of<open, deposit, withdraw, close>;
  using events = cafes::one_of<opened, deposited, withdrawn, closed>;
  using decision = cafes::decision<account, refusal>;

  static decision decide(const state& now, const open& asked);
  static decision decide(const state& now, const deposit& asked);
  static decision decide(const state& now, const withdraw& asked);
  static decision decide(const state& now, const close& asked);

  static void evolve(state& now, const opened& happened);
  static void evolve(state& now, const deposited& happened);
  static void evolve(state& now, const withdrawn& happened);
  static void evolve(state& now, const closed& happened);
};

} // namespace bank
