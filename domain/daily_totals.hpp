// SPDX-License-Identifier: MIT
#pragma once

#include "domain/account_events.hpp"
#include "domain/booking_day.hpp"

#include <cafes/projection.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bank {

/// What went into and out of each account, by month and day. A key is
/// "42/2024-03", so that the months of an account stand side by side, in
/// order. `booked_on` says which day an event belongs to: that of the
/// statement it was imported from, else that of `recorded_at` in UTC.
struct daily_totals {
  static constexpr std::string_view name = "daily_totals";
  static constexpr int version = 1;

  using events = cafes::one_of<deposited, withdrawn>;

  /// A sum that does not fit into 64 bits is null from then on: the decider
  /// bounds balances, not turnover, and no number would be true.
  struct totals {
    std::int64_t deposits = 0;
    std::optional<cents> deposited = cents{};
    std::int64_t withdrawals = 0;
    std::optional<cents> withdrawn = cents{};
    CAFES_FIELDS(deposits, deposited, withdrawals, withdrawn)
  };

  struct day_totals {
    /// From 1.
    unsigned day = 0;
    totals total;
    CAFES_FIELDS(day, total)
  };

  struct document {
    std::string account;
    /// "2024-03"
    std::string month;
    totals total;
    /// Days on which money moved, in the order of the calendar.
    std::vector<day_totals> days;
    CAFES_FIELDS(account, month, total, days)
  };

  template <class Event>
  static std::string
  key(const cafes::event_context& where, const Event& happened) {
    return key_of(where.stream.key,
                  booked_on(happened.reference, where.recorded_at));
  }

  /// The key of an account's month. An account key above 247 bytes, which
  /// would leave no room for the month, is replaced by an id made of it; then
  /// the document's key ends with '~', as no other does.
  static std::string key_of(const std::string& account, day at);

  static void apply(document& month, const cafes::event_context& where,
                    const deposited& happened);
  static void apply(document& month, const cafes::event_context& where,
                    const withdrawn& happened);
};

} // namespace bank
