// SPDX-License-Identifier: MIT
#include "tests/soak/ledger_client.hpp"

#include <cafes/uuid.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace cafes::soak {

namespace {

constexpr std::int64_t accounts = 50;
constexpr std::int64_t hot_accounts = 5;
constexpr std::size_t under_way_max = 64;
/// What an account holds at first. Small against what is moved, so that there
/// are refusals.
constexpr std::int64_t opening_cents = 12'000;
constexpr std::int64_t overdraft_cents = 500;
constexpr std::chrono::milliseconds turn_longest{20};
/// Before something is sent again that ended with an error.
constexpr std::chrono::milliseconds pause{20};
/// Nothing may keep a client from its rest for as long.
constexpr std::chrono::seconds rest_longest{120};

} // namespace

client_figures& client_figures::operator+=(const client_figures& more) {
  sent += more.sent;
  accepted += more.accepted;
  refused += more.refused;
  failed += more.failed;
  retried += more.retried;
  return *this;
}

ledger_client::ledger_client(std::string history_path,
                             test::seeded_random& chance)
  : chance_{chance}, told_{std::move(history_path)} {
  for (std::int64_t key = 1; key <= accounts; ++key) {
    auto opening = new_command(asked::open);
    opening.account = std::to_string(key);
    opening.amount = overdraft_cents;
    opening.reference = "opening";
    waiting_.push_back(opening);
  }
}

void ledger_client::connect(served_process& to) {
  server_ = &to;
}

void ledger_client::note_gone() {
  told_.add(server_gone{});
  for (auto& [sending, said] : std::exchange(unanswered_, {}))
    repeat(std::move(said));
}

bool ledger_client::load_until(const std::function<bool()>& condition) {
  is_loading_ = true;
  while (!condition())
    if (!turn())
      return false;
  return true;
}

bool ledger_client::come_to_rest() {
  is_loading_ = false;
  const auto until = clock::now() + rest_longest;
  while (!waiting_.empty() || !later_.empty() || !unanswered_.empty()) {
    if (!turn())
      return false;
    if (clock::now() > until)
      throw std::runtime_error{"the ledger does not come to rest; history: "
                               + told_.path()};
  }
  told_.sync();
  return true;
}

/// Sends what it may, hears what has come. False when the server is gone.
bool ledger_client::turn() {
  const auto now = clock::now();
  while (!later_.empty() && later_.front().first <= now) {
    repeat(std::move(later_.front().second));
    later_.pop_front();
  }
  if (is_loading_)
    begin_transfers();
  send_waiting();
  for (const auto& line : server_->read(turn_longest)) {
    const auto heard = std::get<answer>(parse_line(line));
    told_.add(heard);
    hear(heard);
  }
  return !server_->is_gone();
}

void ledger_client::begin_transfers() {
  while (waiting_.size() + later_.size() + unanswered_.size() < under_way_max) {
    auto said = new_command(asked::withdraw);
    if (chance_.between(1, 50) == 1) {
      said.what = asked::open; // which is refused, for it is open
      said.amount = overdraft_cents;
      said.reference = "opening";
    } else {
      said.amount = chance_.between(1, opening_cents / 20) * 10;
      said.reference = "transfer " + std::to_string(++transfers_);
    }
    waiting_.push_back(std::move(said));
  }
}

void ledger_client::send_waiting() {
  std::string lines;
  while (!waiting_.empty() && unanswered_.size() < under_way_max) {
    auto said = std::move(waiting_.front());
    waiting_.pop_front();
    said.sending = ++sendings_;
    ++figures_.sent;
    told_.add(said);
    lines += to_line(said);
    lines.push_back('\n');
    unanswered_.emplace(said.sending, std::move(said));
  }
  told_.sync();
  server_->write(lines);
}

void ledger_client::hear(const answer& heard) {
  auto found = unanswered_.extract(heard.sending);
  if (found.empty())
    return; // the checker will say so
  auto said = std::move(found.mapped());
  if (heard.how == ended::failed) {
    ++figures_.failed;
    later_.emplace_back(clock::now() + pause, std::move(said));
    return;
  }
  last_success_ = clock::now();
  if (heard.how == ended::rejected) {
    ++figures_.refused;
    return;
  }
  figures_.accepted += heard.repeated ? 0 : 1;
  after_acceptance(said, heard.repeated);
}

void ledger_client::after_acceptance(const intent& said, bool repeated) {
  if (said.what == asked::open || said.what == asked::withdraw) {
    if (moved_.insert(said.command_id).second) {
      auto next = new_command(
        chance_.between(1, 2) == 1 ? asked::deposit : asked::deposit_in_parts);
      next.reference = said.reference;
      next.amount = said.amount;
      if (said.what == asked::open) {
        next.account = said.account;
        next.amount = opening_cents;
      }
      if (next.what == asked::deposit_in_parts)
        next.parts = chance_.between(1, 2) * 5;
      waiting_.push_front(std::move(next));
    }
  }
  // Somebody may doubt what he has heard.
  if (!repeated && chance_.between(1, 50) == 1)
    repeat(said);
}

void ledger_client::repeat(intent said) {
  said.retry = true;
  ++figures_.retried;
  waiting_.push_back(std::move(said));
}

intent ledger_client::new_command(asked what) {
  return {.command_id = to_string(random_uuid()),
          .account = any_account(),
          .what = what};
}

std::string ledger_client::any_account() {
  // Half of it happens to a few, so that decisions overtake their commits.
  const auto last = chance_.between(1, 2) == 1 ? hot_accounts : accounts;
  return std::to_string(chance_.between(1, last));
}

} // namespace cafes::soak
