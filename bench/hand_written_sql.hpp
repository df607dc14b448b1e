// SPDX-License-Identifier: MIT
#pragma once

#include "bench/fast_random.hpp"

#include <pqxx/connection>

#include <cstddef>
#include <memory>
#include <string>

namespace cafes::bench {

/// What one would write by hand with libpqxx: an account's events in a table
/// whose key is the name of the stream and the version.
/// Makes the table, with so many accounts of so many events. Throws.
void make_hand_written_table(const std::string& conninfo, std::size_t accounts,
                             std::size_t events_each);

/// One caller with a connection of its own. Thread: one at a time.
class hand_written_sql {
public:
  hand_written_sql(const std::string& conninfo, std::size_t accounts,
                   std::uint64_t seed);

  /// A deposit to an account at random, as a transaction: SELECT its events,
  /// add them up, decide, INSERT the next one. Again from the beginning if
  /// somebody else was faster. Throws.
  void deposit();

private:
  [[nodiscard]] bool try_deposit(const std::string& stream);

  // Behind a pointer, since libpqxx 6 cannot move a connection.
  std::unique_ptr<pqxx::connection> session_;
  std::size_t accounts_;
  fast_random random_;
};

} // namespace cafes::bench
