// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/statement_file.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace cafes::test {

/// An event as its database holds it.
struct stored_event {
  std::int64_t position = 0;
  std::string stream;
  std::int64_t version = 0;
  std::string type;
  std::string command_id;
  /// Of a deposit or withdrawal; of an opening the limit of the overdraft.
  std::int64_t amount = 0;
  std::string reference;
};

/// The log of a bank as SQL shows it, without the library under test. It may
/// be read while somebody writes. Throws the database's words.
class stored_log {
public:
  virtual ~stored_log() = default;

  /// Of the last event, 0 without one or before the store has been made.
  [[nodiscard]] virtual std::int64_t head() = 0;

  /// By position.
  [[nodiscard]] virtual std::vector<stored_event> events() = 0;

  /// "ok", or what the database finds wrong with its own files.
  [[nodiscard]] virtual std::string integrity() = 0;
};

[[nodiscard]] std::unique_ptr<stored_log>
open_sqlite_log(const std::string& path);

[[nodiscard]] std::unique_ptr<stored_log>
open_postgres_log(const std::string& conninfo);

/// Fails the test unless positions are 1..n, the versions of each stream 1..m
/// and command ids are given and distinct.
void check_sound(const std::vector<stored_event>& log);

/// Fails the test unless each account has been opened and then had its first
/// rows of the statement, in their order and no other; gives their number.
std::int64_t check_holds_only(const std::vector<stored_event>& log,
                              const statement& of);

/// Fails the test unless the log is sound and holds the statement, all of it
/// and nothing else.
void check_holds_exactly(stored_log& log, const statement& all);

} // namespace cafes::test
