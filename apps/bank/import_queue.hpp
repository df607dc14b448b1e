// SPDX-License-Identifier: MIT
#pragma once

#include "apps/bank/statement.hpp"
#include "domain/account.hpp"

#include <cafes/runtime.hpp>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace bank {

/// Sends the transactions of a statement: those of one account one after the
/// other, those of different accounts at the same time. A new account is
/// opened first. Command ids come from the transaction ids, so that a repeated
/// import has no second effect. Thread: `push` and `finish` from one thread.
class import_queue {
public:
  struct refused_row {
    std::size_t line;
    refusal reason;
  };

  struct failed_row {
    std::size_t line;
    cafes::error why;
  };

  struct result {
    std::size_t accepted = 0;
    /// Accepted by an earlier import already.
    std::size_t repeated = 0;
    std::vector<refused_row> refused;
    /// Rows that cannot be stored as they are, as one with an id that stands
    /// for another row; the others go on.
    std::vector<failed_row> faulty;
    /// The first failure of the world; nothing was sent after it.
    std::optional<failed_row> failure;
    /// The first line that was not imported because of it.
    std::optional<std::size_t> first_unsent_line;
  };

  import_queue(cafes::runtime& service, cents overdraft_limit);

  /// Takes a row; waits while too many are waiting. False after a failure:
  /// the import must end.
  [[nodiscard]] bool push(transaction row);

  /// Rows that have their answer.
  [[nodiscard]] std::size_t done();

  /// Waits for every answer, but not longer than this. True when they are
  /// there.
  [[nodiscard]] bool wait_for_answers(std::chrono::milliseconds longest);

  /// Waits for every answer.
  [[nodiscard]] result finish();

private:
  struct account_rows {
    std::deque<transaction> waiting;
    bool is_open = false;
    /// A command of this account is under way, or it stands in `ready_`.
    bool is_scheduled = false;
  };

  /// The command to send next for an account.
  struct next_command {
    std::string account;
    /// Without it, the account is opened.
    std::optional<transaction> row;
  };

  using outcome = cafes::outcome<account>;
  using lock = std::unique_lock<std::mutex>;

  /// A row read before.
  struct seen_row {
    std::size_t line;
    std::size_t hash;
  };

  [[nodiscard]] std::optional<std::size_t>
  stands_for_another(const transaction& row);
  void schedule(const std::string& key);
  void send_ready(lock& held);
  [[nodiscard]] std::vector<next_command> take_ready();
  void send(next_command command);
  void conclude_open(const std::string& key, const outcome& ended);
  void conclude(const std::string& key, std::size_t line, const outcome& ended);
  void go_on(const std::string& key, lock& held);
  void take_failure(std::size_t line, const cafes::error& why);
  [[nodiscard]] bool is_finished() const;

  cafes::runtime& service_;
  const cents overdraft_limit_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::unordered_map<std::string, account_rows> accounts_;
  /// By transaction id.
  std::unordered_map<std::string, seen_row> seen_;
  /// Accounts with rows waiting and nothing under way.
  std::deque<std::string> ready_;
  std::size_t waiting_ = 0;
  std::size_t under_way_ = 0;
  std::size_t done_ = 0;
  /// A thread is in the loop of send_ready.
  bool is_sending_ = false;
  result result_;
};

} // namespace bank
