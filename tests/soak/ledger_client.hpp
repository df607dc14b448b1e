// SPDX-License-Identifier: MIT
#pragma once

#include "tests/soak/history_file.hpp"
#include "tests/soak/served_process.hpp"
#include "tests/support/seeded_random.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>

namespace cafes::soak {

/// What a client has done so far.
struct client_figures {
  std::int64_t sent = 0;
  std::int64_t accepted = 0;
  std::int64_t refused = 0;
  std::int64_t failed = 0;
  /// Sent again, for want of an answer or of certainty.
  std::int64_t retried = 0;

  client_figures& operator+=(const client_figures& more);
};

/// Moves money between 50 accounts, with 64 commands under way. Whatever it
/// sends is in its history, on disk, before; what it hears is there before it
/// acts on it. It goes on with another process where the last one stopped.
/// Thread: one at a time.
class ledger_client {
public:
  ledger_client(std::string history_path, test::seeded_random& chance);

  /// Talks to this one from now on; the first one hears of openings first.
  void connect(served_process& to);

  /// The process is dead. What it had not answered is repeated to the next.
  void note_gone();

  /// Moves money until the condition holds: true; or until the process is
  /// gone: false.
  bool load_until(const std::function<bool()>& condition);

  /// Begins nothing new, and waits until all has been answered and all money
  /// has arrived: true; or until the process is gone: false.
  bool come_to_rest();

  [[nodiscard]] const client_figures& figures() const { return figures_; }

  [[nodiscard]] std::size_t under_way() const { return unanswered_.size(); }

  /// When the last answer came that was no error.
  [[nodiscard]] std::chrono::steady_clock::time_point last_success() const {
    return last_success_;
  }

private:
  using clock = std::chrono::steady_clock;

  bool turn();
  void begin_transfers();
  void send_waiting();
  void hear(const answer& heard);
  void after_acceptance(const intent& said, bool repeated);
  void repeat(intent said);
  [[nodiscard]] intent new_command(asked what);
  [[nodiscard]] std::string any_account();

  test::seeded_random& chance_;
  history_file told_;
  served_process* server_ = nullptr;
  bool is_loading_ = false;
  std::deque<intent> waiting_;
  /// Not before the time; the answer was an error.
  std::deque<std::pair<clock::time_point, intent>> later_;
  std::map<std::int64_t, intent> unanswered_;
  /// Withdrawals that have their deposit.
  std::set<std::string> moved_;
  std::int64_t sendings_ = 0;
  std::int64_t transfers_ = 0;
  client_figures figures_;
  clock::time_point last_success_ = clock::now();
};

} // namespace cafes::soak
