// SPDX-License-Identifier: MIT
#include "apps/bank/import_queue.hpp"

#include "domain/booking_day.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace bank {

namespace {

constexpr std::size_t under_way_max = 1024;
constexpr std::size_t waiting_max = 64 * 1024;

/// The name space of this program's command ids. Never changes: by it a
/// repeated import is recognised.
constexpr cafes::uuid import_ids{{0x5b, 0x0d, 0x8f, 0x3e, 0x6c, 0x2a, 0x4f,
                                  0x17, 0x9b, 0x60, 0x1d, 0x3a, 0x7e, 0x95,
                                  0xc4, 0x28}};

cafes::send_options options_for(const std::string& name) {
  cafes::send_options options;
  options.id = cafes::name_uuid(import_ids, name);
  // An earlier import may have sent it, and long ago.
  options.retry = true;
  return options;
}

/// The row itself is wrong: sending it again, or the next one later, would
/// not help it.
bool is_fault_of_row(const cafes::error& why) {
  return why.code == cafes::errc::invalid_argument
         || why.code == cafes::errc::limit_exceeded
         || why.code == cafes::errc::command_id_reused;
}

} // namespace

import_queue::import_queue(cafes::runtime& service, cents overdraft_limit)
  : service_{service}, overdraft_limit_{overdraft_limit} {}

bool import_queue::push(transaction row) {
  lock held{mutex_};
  changed_.wait(held, [this] {
    return waiting_ < waiting_max || result_.failure.has_value();
  });
  if (result_.failure) {
    result_.first_unsent_line
      = std::min(result_.first_unsent_line.value_or(row.line), row.line);
    return false;
  }
  if (const auto earlier = stands_for_another(row)) {
    take_failure(row.line, {cafes::errc::command_id_reused,
                            "transaction " + row.id + " is another one in line "
                              + std::to_string(*earlier)});
    return true;
  }
  const auto key = row.account;
  accounts_[key].waiting.push_back(std::move(row));
  ++waiting_;
  schedule(key);
  send_ready(held);
  return true;
}

/// The line where this row's id stood for something else. A row that stands
/// twice is sent twice: its command id sees to it.
std::optional<std::size_t>
import_queue::stands_for_another(const transaction& row) {
  const auto hash = std::hash<std::string>{}(
    row.date + '\n' + row.account + '\n'
    + std::to_string(static_cast<int>(row.kind)) + '\n'
    + std::to_string(row.amount.count()) + '\n' + row.description);
  const auto [known, is_new] = seen_.try_emplace(row.id,
                                                 seen_row{row.line, hash});
  if (is_new || known->second.hash == hash)
    return std::nullopt;
  return known->second.line;
}

std::size_t import_queue::done() {
  const std::lock_guard held{mutex_};
  return done_;
}

bool import_queue::wait_for_answers(std::chrono::milliseconds longest) {
  std::unique_lock held{mutex_};
  return changed_.wait_for(held, longest, [this] { return is_finished(); });
}

import_queue::result import_queue::finish() {
  std::unique_lock held{mutex_};
  changed_.wait(held, [this] { return is_finished(); });
  for (const auto& [key, rows] : accounts_)
    if (!rows.waiting.empty())
      result_.first_unsent_line = std::min(
        result_.first_unsent_line.value_or(rows.waiting.front().line),
        rows.waiting.front().line);
  const auto by_line = [](const auto& one, const auto& other) {
    return one.line < other.line;
  };
  std::sort(result_.refused.begin(), result_.refused.end(), by_line);
  std::sort(result_.faulty.begin(), result_.faulty.end(), by_line);
  return result_;
}

bool import_queue::is_finished() const {
  return under_way_ == 0 && !is_sending_ && (waiting_ == 0 || result_.failure);
}

// -- sending ------------------------------------------------------------------

void import_queue::schedule(const std::string& key) {
  auto& rows = accounts_[key];
  if (!rows.waiting.empty() && !std::exchange(rows.is_scheduled, true))
    ready_.push_back(key);
}

/// Sends without holding the lock: an outcome may come back at once, in this
/// very thread. One thread sends at a time, and what becomes ready meanwhile
/// is left to it: no recursion, however many rows fail at once, and nobody
/// touches this object after `finish` has seen the last answer.
void import_queue::send_ready(lock& held) {
  if (std::exchange(is_sending_, true))
    return;
  for (auto taken = take_ready(); !taken.empty(); taken = take_ready()) {
    held.unlock();
    for (auto& command : taken)
      send(std::move(command));
    held.lock();
  }
  is_sending_ = false;
  changed_.notify_all();
}

std::vector<import_queue::next_command> import_queue::take_ready() {
  std::vector<next_command> taken;
  while (!result_.failure && under_way_ < under_way_max && !ready_.empty()) {
    next_command next{std::move(ready_.front()), std::nullopt};
    ready_.pop_front();
    auto& rows = accounts_[next.account];
    if (rows.is_open) {
      next.row = std::move(rows.waiting.front());
      rows.waiting.pop_front();
      --waiting_;
    }
    ++under_way_;
    taken.push_back(std::move(next));
  }
  if (!taken.empty())
    changed_.notify_all();
  return taken;
}

void import_queue::send(next_command command) {
  const auto key = command.account;
  if (!command.row) {
    service_.send<account>(
      key, open{"account " + key, overdraft_limit_}, options_for("open " + key),
      [this, key](const outcome& ended) { conclude_open(key, ended); });
    return;
  }
  const auto line = command.row->line;
  const auto options = options_for("transaction " + command.row->id);
  const auto then = [this, key, line](const outcome& ended) {
    conclude(key, line, ended);
  };
  const auto reference = statement_reference(command.row->id, command.row->date,
                                             command.row->description);
  if (command.row->kind == transaction::direction::deposit)
    service_.send<account>(key, deposit{command.row->amount, reference},
                           options, then);
  else
    service_.send<account>(key, withdraw{command.row->amount, reference},
                           options, then);
}

// -- outcomes -----------------------------------------------------------------

void import_queue::conclude_open(const std::string& key, const outcome& ended) {
  lock held{mutex_};
  --under_way_;
  auto& rows = accounts_[key];
  rows.is_scheduled = false;
  if (const auto* failed = ended.failed()) {
    const auto line = rows.waiting.front().line;
    if (is_fault_of_row(*failed)) {
      rows.waiting.pop_front();
      --waiting_;
    }
    take_failure(line, *failed);
  } else {
    rows.is_open = true; // or it was: somebody else opened it before us
  }
  go_on(key, held);
}

void import_queue::conclude(const std::string& key, std::size_t line,
                            const outcome& ended) {
  lock held{mutex_};
  --under_way_;
  accounts_[key].is_scheduled = false;
  if (const auto* failed = ended.failed()) {
    take_failure(line, *failed);
  } else {
    ++done_;
    if (const auto* stored = ended.accepted())
      ++(stored->repeated ? result_.repeated : result_.accepted);
    else
      result_.refused.push_back({line, ended.rejected()->reason});
  }
  go_on(key, held);
}

void import_queue::go_on(const std::string& key, lock& held) {
  if (!result_.failure)
    schedule(key);
  changed_.notify_all();
  send_ready(held);
}

void import_queue::take_failure(std::size_t line, const cafes::error& why) {
  if (is_fault_of_row(why)) {
    ++done_;
    result_.faulty.push_back({line, why});
    return;
  }
  if (!result_.failure)
    result_.failure = failed_row{line, why};
  result_.first_unsent_line = std::min(result_.first_unsent_line.value_or(line),
                                       line);
}

} // namespace bank
