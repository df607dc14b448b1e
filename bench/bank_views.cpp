// SPDX-License-Identifier: MIT
#include "bench/bank_views.hpp"

#include <chrono>
#include <stdexcept>
#include <utility>

namespace cafes::bench {

namespace {

runtime start(definition service, const std::string& store) {
  settings with;
  with.store = store;
  auto started = runtime::start(std::move(service), with);
  if (!started)
    throw std::runtime_error{describe(started.error())};
  return *std::move(started);
}

definition bank_with_balances() {
  return definition{}.aggregate<bank::account>().projection<bank::balances>();
}

} // namespace

void account_use::apply(document& account, const event_context& where,
                        const bank::opened& happened) {
  account.owner = happened.owner;
  account.last_position = where.at.value();
}

void account_use::apply(document& account, const event_context& where,
                        const bank::deposited&) {
  ++account.deposits;
  account.last_position = where.at.value();
}

std::string paid_in_by_digit::key(const event_context& where,
                                  const bank::deposited&) {
  return {where.stream.key.back()};
}

void paid_in_by_digit::apply(document& digit, const event_context&,
                             const bank::deposited& happened) {
  digit.amount = plus(digit.amount, happened.amount).value_or(digit.amount);
  ++digit.deposits;
}

runtime start_bank_with_balances(const std::string& store) {
  return start(bank_with_balances(), store);
}

runtime start_bank_with_three_views(const std::string& store) {
  return start(bank_with_balances()
                 .projection<account_use>()
                 .projection<paid_in_by_digit>(),
               store);
}

void drain_views(runtime& service) {
  if (auto drained = service.drain(std::chrono::minutes{10}); !drained)
    throw std::runtime_error{describe(drained.error())};
}

} // namespace cafes::bench
