// SPDX-License-Identifier: MIT
#pragma once

#include "domain/account.hpp"

#include <cafes/decider.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace cafes::soak {

/// A deposit whose events are several: a log that tears one apart shows it.
struct deposit_in_parts {
  bank::cents amount;
  /// 1 to 10; the amount is a multiple of it.
  std::int64_t parts = 1;
  std::string reference;
  CAFES_COMMAND("deposit_in_parts", amount, parts, reference)
};

/// The bank's account with this one command more, under load in the soak.
struct ledger_account {
  static constexpr std::string_view category = bank::account::category;
  static constexpr std::int64_t parts_max = 10;

  using state = bank::account::state;
  using commands = cafes::one_of<bank::open, bank::deposit, bank::withdraw,
                                 bank::close, deposit_in_parts>;
  using events = bank::account::events;
  using decision = cafes::decision<ledger_account, bank::refusal>;

  template <class Command>
  static decision decide(const state& now, const Command& asked) {
    const auto made = bank::account::decide(now, asked);
    if (made.refusal())
      return decision::refuse(*made.refusal());
    return decision::all(made.events());
  }

  static decision decide(const state& now, const deposit_in_parts& asked) {
    if (asked.parts < 1 || asked.parts > parts_max
        || asked.amount.count() % asked.parts != 0)
      return decision::refuse(bank::refusal::bad_amount);
    const bank::deposit whole{asked.amount, asked.reference};
    const auto made = bank::account::decide(now, whole);
    if (made.refusal())
      return decision::refuse(*made.refusal());
    const bank::cents part{asked.amount.count() / asked.parts};
    return decision::all({static_cast<std::size_t>(asked.parts),
                          bank::deposited{part, asked.reference}});
  }

  template <class Event>
  static void evolve(state& now, const Event& happened) {
    bank::account::evolve(now, happened);
  }
};

} // namespace cafes::soak
