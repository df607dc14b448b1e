// SPDX-License-Identifier: MIT
#pragma once

#include "domain/account_events.hpp"

#include <cafes/projection.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace bank {

/// What each account holds now, by account key.
struct balances {
  static constexpr std::string_view name = "balances";
  static constexpr int version = 1;

  using events = cafes::one_of<opened, deposited, withdrawn, closed>;

  struct document {
    std::string owner;
    cents balance;
    std::int64_t transactions = 0;
    bool is_open = false;
    CAFES_FIELDS(owner, balance, transactions, is_open)
  };

  template <class Event>
  static std::string key(const cafes::event_context& where, const Event&) {
    return where.stream.key;
  }

  static void apply(document& account, const cafes::event_context& where,
                    const opened& happened);
  static void apply(document& account, const cafes::event_context& where,
                    const deposited& happened);
  static void apply(document& account, const cafes::event_context& where,
                    const withdrawn& happened);
  static void apply(document& account, const cafes::event_context& where,
                    const closed& happened);
};

} // namespace bank
