// SPDX-License-Identifier: MIT
#pragma once

#include "tests/soak/history.hpp"
#include "tests/soak/ledger_account.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/support/stored_log.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace cafes::soak {

/// A ledger that makes no mistakes, with its clients: they open accounts, move
/// money, are refused, retry; it dies now and then. For the tests of the
/// checker: what it writes down is what a sound runtime may do.
class model_ledger {
public:
  explicit model_ledger(test::seeded_random& chance) : chance_{chance} {}

  /// Runs some steps, and on until all is at rest.
  void run(int steps);

  history told;
  std::vector<test::stored_event> log;

private:
  // -- the clients ------------------------------------------------------------

  void send(intent said);
  void move_money();
  void hear();
  void come_to_rest();

  // -- the ledger -------------------------------------------------------------

  void serve();
  void serve(const intent& said);
  answer store(const intent& said);
  void die();

  test::seeded_random& chance_;
  std::map<std::string, ledger_account::state> accounts_;
  std::map<std::string, std::int64_t> versions_;
  /// First answers, by command id.
  std::map<std::string, answer> stored_;
  std::deque<intent> sent_;
  /// Served, and the answers on their way.
  std::deque<answer> unheard_;
  /// Not answered, by sending.
  std::map<std::int64_t, intent> waiting_;
  /// Withdrawals that have their deposit.
  std::set<std::string> deposited_;
  std::int64_t sendings_ = 0;
  std::int64_t commands_ = 0;
  std::int64_t transfers_ = 0;
};

} // namespace cafes::soak
