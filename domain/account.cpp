// SPDX-License-Identifier: MIT
#include "domain/account.hpp"

namespace bank {

std::string_view to_string(refusal reason) {
  switch (reason) {
    case refusal::already_open:
      return "already_open";
    case refusal::not_open:
      return "not_open";
    case refusal::bad_amount:
      return "bad_amount";
    case refusal::insufficient_funds:
      return "insufficient_funds";
    case refusal::amount_too_large:
      return "amount_too_large";
    case refusal::balance_not_zero:
      return "balance_not_zero";
  }
  return "unknown";
}

account::decision account::decide(const state& now, const open& asked) {
  if (now.is != phase::unopened)
    return decision::refuse(refusal::already_open);
  if (asked.overdraft_limit.is_negative())
    return decision::refuse(refusal::bad_amount);
  return opened{asked.owner, asked.overdraft_limit};
}

account::decision account::decide(const state& now, const deposit& asked) {
  if (now.is != phase::open)
    return decision::refuse(refusal::not_open);
  if (!asked.amount.is_positive())
    return decision::refuse(refusal::bad_amount);
  if (!plus(now.balance, asked.amount))
    return decision::refuse(refusal::amount_too_large);
  return deposited{asked.amount, asked.reference};
}

account::decision account::decide(const state& now, const withdraw& asked) {
  if (now.is != phase::open)
    return decision::refuse(refusal::not_open);
  if (!asked.amount.is_positive())
    return decision::refuse(refusal::bad_amount);
  const auto left = minus(now.balance, asked.amount);
  if (!left)
    return decision::refuse(refusal::amount_too_large);
  // A sum that does not fit is above every limit.
  const auto margin = plus(*left, now.overdraft_limit);
  if (margin && margin->is_negative())
    return decision::refuse(refusal::insufficient_funds);
  return withdrawn{asked.amount, asked.reference};
}

account::decision account::decide(const state& now, const close&) {
  if (now.is != phase::open)
    return decision::refuse(refusal::not_open);
  if (now.balance != cents{})
    return decision::refuse(refusal::balance_not_zero);
  return closed{};
}

void account::evolve(state& now, const opened& happened) {
  now.is = phase::open;
  now.overdraft_limit = happened.overdraft_limit;
}

void account::evolve(state& now, const deposited& happened) {
  // decide has checked the sums; a stored event that does not fit would be
  // another bank's, and keeps the old balance.
  now.balance = plus(now.balance, happened.amount).value_or(now.balance);
}

void account::evolve(state& now, const withdrawn& happened) {
  now.balance = minus(now.balance, happened.amount).value_or(now.balance);
}

void account::evolve(state& now, const closed&) {
  now.is = phase::closed;
}

} // namespace bank
