// SPDX-License-Identifier: MIT
#include "tests/soak/model_ledger.hpp"

#include "tests/soak/decide_intent.hpp"
#include "tests/soak/sendings.hpp"

#include <cafes/uuid.hpp>

#include <algorithm>
#include <utility>

namespace cafes::soak {

namespace {

constexpr std::int64_t accounts_max = 5;
constexpr std::int64_t under_way_max = 32;

} // namespace

void model_ledger::run(int steps) {
  for (std::int64_t key = 1; key <= accounts_max; ++key) {
    intent opening{.account = std::to_string(key),
                   .what = asked::open,
                   .amount = 20,
                   .reference = "opening"};
    send(opening);
    opening.what = asked::deposit_in_parts;
    opening.amount = 300;
    opening.parts = 3;
    send(opening);
  }
  come_to_rest();
  for (int step = 0; step < steps; ++step) {
    const auto choice = chance_.between(1, 100);
    if (choice <= 35 && std::ssize(waiting_) < under_way_max)
      move_money();
    else if (choice <= 70)
      serve();
    else if (choice <= 98)
      hear();
    else
      die();
  }
  come_to_rest();
}

void model_ledger::come_to_rest() {
  while (!sent_.empty() || !unheard_.empty()) {
    serve();
    hear();
  }
}

void model_ledger::send(intent said) {
  said.sending = ++sendings_;
  if (said.command_id.empty())
    said.command_id = to_string(name_uuid({}, std::to_string(++commands_)));
  told.emplace_back(said);
  waiting_[said.sending] = said;
  sent_.push_back(said);
}

void model_ledger::move_money() {
  send({.account = std::to_string(chance_.between(1, accounts_max)),
        .what = asked::withdraw,
        .amount = chance_.between(1, 20) * 12,
        .reference = "transfer " + std::to_string(++transfers_)});
}

void model_ledger::serve() {
  if (sent_.empty())
    return;
  // Streams do not wait for each other.
  const auto chosen = std::find_if(sent_.begin(), sent_.end(), [&](auto& one) {
    return &one == &sent_.back() || chance_.between(1, 2) == 1;
  });
  auto first = std::find_if(sent_.begin(), sent_.end(), [&](auto& one) {
    return one.account == chosen->account;
  });
  const auto said = *first;
  sent_.erase(first);
  serve(said);
}

void model_ledger::serve(const intent& said) {
  if (const auto known = stored_.find(said.command_id);
      known != stored_.end()) {
    auto again = known->second;
    again.sending = said.sending;
    again.repeated = true;
    unheard_.push_back(again);
    return;
  }
  if (chance_.between(1, 20) == 1) {
    unheard_.push_back({.sending = said.sending, .word = "overloaded"});
    return;
  }
  const auto made = decide(accounts_[said.account], said);
  if (made.refusal())
    unheard_.push_back({.sending = said.sending,
                        .how = ended::rejected,
                        .word = std::string{to_string(*made.refusal())}});
  else
    unheard_.push_back(store(said));
}

answer model_ledger::store(const intent& said) {
  const auto event = wanted_by(said);
  for (std::size_t count = events_of(said); count > 0; --count) {
    log.push_back({std::ssize(log) + 1, stream_of(said),
                   ++versions_[said.account], std::string{event.type},
                   normal_id(said.command_id), event.amount,
                   std::string{event.reference}});
    fold(accounts_[said.account], log.back());
  }
  const answer first{.sending = said.sending,
                     .how = ended::accepted,
                     .version = versions_[said.account],
                     .position = std::ssize(log)};
  return stored_[said.command_id] = first;
}

void model_ledger::hear() {
  if (unheard_.empty())
    return;
  const auto heard = unheard_.front();
  unheard_.pop_front();
  told.emplace_back(heard);
  auto said = waiting_.extract(heard.sending).mapped();
  if (heard.how == ended::failed) {
    said.retry = true;
    send(said);
  } else if (heard.how == ended::accepted && said.what == asked::withdraw
             && deposited_.insert(said.command_id).second) {
    said.command_id.clear();
    said.retry = false;
    said.account = std::to_string(chance_.between(1, accounts_max));
    said.parts = chance_.between(1, 3);
    said.what = asked::deposit_in_parts;
    send(said);
  } else if (chance_.between(1, 20) == 1) {
    said.retry = true; // a client with doubts
    send(said);
  }
}

/// What was sent may have been served or not; what was served was not heard.
void model_ledger::die() {
  for (auto left = chance_.between(0, std::ssize(sent_)); left > 0; --left)
    serve();
  sent_.clear();
  unheard_.clear();
  told.emplace_back(server_gone{});
  for (auto& [number, said] : std::exchange(waiting_, {})) {
    said.retry = true;
    send(said);
  }
}

} // namespace cafes::soak
