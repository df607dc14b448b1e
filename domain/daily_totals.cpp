// SPDX-License-Identifier: MIT
#include "domain/daily_totals.hpp"

#include <cafes/uuid.hpp>

#include <algorithm>

namespace bank {

namespace {

/// A document's key has at most 255 bytes, of which "/2024-03" takes 8.
constexpr std::size_t account_bytes_max = 247;

/// The name space of the ids of long account keys. Never changes within a
/// version of the projection.
constexpr cafes::uuid long_keys{{0xa3, 0x41, 0x0e, 0x7c, 0x19, 0xd2, 0x4b, 0x58,
                                 0x8f, 0x0a, 0x66, 0xe1, 0x2d, 0x95, 0x3c,
                                 0xb7}};

daily_totals::day_totals& day_of(daily_totals::document& month,
                                 unsigned number) {
  const auto found = std::lower_bound(
    month.days.begin(), month.days.end(), number,
    [](const auto& each, unsigned wanted) { return each.day < wanted; });
  if (found != month.days.end() && found->day == number)
    return *found;
  return *month.days.insert(found, {number, {}});
}

void add(std::optional<cents>& sum, cents amount) {
  if (sum)
    sum = plus(*sum, amount);
}

void add(daily_totals::totals& to, const deposited& happened) {
  ++to.deposits;
  add(to.deposited, happened.amount);
}

void add(daily_totals::totals& to, const withdrawn& happened) {
  ++to.withdrawals;
  add(to.withdrawn, happened.amount);
}

template <class Event>
void add_to_month(daily_totals::document& month,
                  const cafes::event_context& where, const Event& happened) {
  const auto at = booked_on(happened.reference, where.recorded_at);
  month.account = where.stream.key;
  month.month = month_of(at);
  add(month.total, happened);
  add(day_of(month, static_cast<unsigned>(at.day())).total, happened);
}

} // namespace

std::string daily_totals::key_of(const std::string& account, day at) {
  const auto month = "/" + month_of(at);
  if (account.size() <= account_bytes_max)
    return account + month;
  return to_string(cafes::name_uuid(long_keys, account)) + month + "~";
}

void daily_totals::apply(document& month, const cafes::event_context& where,
                         const deposited& happened) {
  add_to_month(month, where, happened);
}

void daily_totals::apply(document& month, const cafes::event_context& where,
                         const withdrawn& happened) {
  add_to_month(month, where, happened);
}

} // namespace bank
