// SPDX-License-Identifier: MIT
#include "domain/balances.hpp"

namespace bank {

void balances::apply(document& account, const cafes::event_context&,
                     const opened& happened) {
  account.owner = happened.owner;
  account.is_open = true;
}

void balances::apply(document& account, const cafes::event_context&,
                     const deposited& happened) {
  // The decider has checked that the sum fits.
  account.balance
    = plus(account.balance, happened.amount).value_or(account.balance);
  ++account.transactions;
}

void balances::apply(document& account, const cafes::event_context&,
                     const withdrawn& happened) {
  account.balance
    = minus(account.balance, happened.amount).value_or(account.balance);
  ++account.transactions;
}

void balances::apply(document& account, const cafes::event_context&,
                     const closed&) {
  account.is_open = false;
}

} // namespace bank
