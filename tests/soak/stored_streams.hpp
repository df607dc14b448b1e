// SPDX-License-Identifier: MIT
#pragma once

#include "tests/soak/history_checker.hpp"
#include "tests/soak/ledger_account.hpp"
#include "tests/soak/sendings.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

// A log, sorted by streams and commands.

namespace cafes::soak {

struct stored_stream {
  /// After each version; the first is before any.
  std::vector<ledger_account::state> states{1};
  /// For each version: when the last of the sendings was begun that stored
  /// this version or an earlier one. Before that the state was in no log.
  std::vector<std::size_t> begun_at{0};

  /// The highest version that can have been in the log at a time.
  [[nodiscard]] std::size_t last_version_at(std::size_t time) const;
};

/// What a command has left in the log.
struct stored_effect {
  std::string stream;
  std::vector<const test::stored_event*> events;
  /// Something stands between its events.
  bool is_scattered = false;
};

struct stored_streams {
  /// By name: "account-17".
  std::unordered_map<std::string, stored_stream> streams;
  /// By command id, as normal_id writes it.
  std::unordered_map<std::string, stored_effect> effects;
};

/// Folds the log and says where it is not dense, and where an account is below
/// its limit. The log must outlive what is returned.
[[nodiscard]] stored_streams
sort_by_stream(const std::vector<test::stored_event>& log,
               const sent_commands& sent, std::vector<finding>& found);

} // namespace cafes::soak
