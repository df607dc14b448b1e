// SPDX-License-Identifier: MIT
#pragma once

#include "domain/account.hpp"
#include "domain/balances.hpp"

#include <cafes/projection.hpp>
#include <cafes/runtime.hpp>

#include <cstdint>
#include <string>
#include <string_view>

// Views of the bank beside its balances: one as large, one small and hot.

namespace cafes::bench {

/// Which accounts are used, by account key.
struct account_use {
  static constexpr std::string_view name = "account_use";
  static constexpr int version = 1;

  using events = one_of<bank::opened, bank::deposited>;

  struct document {
    std::string owner;
    std::int64_t deposits = 0;
    std::int64_t last_position = 0;
    CAFES_FIELDS(owner, deposits, last_position)
  };

  template <class Event>
  static std::string key(const event_context& where, const Event&) {
    return where.stream.key;
  }

  static void apply(document& account, const event_context& where,
                    const bank::opened& happened);
  static void apply(document& account, const event_context& where,
                    const bank::deposited& happened);
};

/// What has been paid in, by the last digit of the account's key.
struct paid_in_by_digit {
  static constexpr std::string_view name = "paid_in_by_digit";
  static constexpr int version = 1;

  using events = one_of<bank::deposited>;

  struct document {
    bank::cents amount;
    std::int64_t deposits = 0;
    CAFES_FIELDS(amount, deposits)
  };

  static std::string key(const event_context& where, const bank::deposited&);
  static void apply(document& digit, const event_context& where,
                    const bank::deposited& happened);
};

/// A running service with the bank's balances. Throws when it cannot start.
[[nodiscard]] runtime start_bank_with_balances(const std::string& store);

/// The same with the two above, too.
[[nodiscard]] runtime start_bank_with_three_views(const std::string& store);

/// Waits until all views hold all that is stored. Throws when they do not.
void drain_views(runtime& service);

} // namespace cafes::bench
