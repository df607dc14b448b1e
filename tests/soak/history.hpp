// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// What a client of the ledger has asked and heard, in the order in which it
// happened to it. One line of JSON each; also what client and server say to
// each other.

namespace cafes::soak {

enum class asked { open, deposit, deposit_in_parts, withdraw, close };

[[nodiscard]] std::string_view to_string(asked what);

/// A command that is about to be sent. Written before it is.
struct intent {
  /// Number of the sending: each has its own, a retry too.
  std::int64_t sending = 0;
  /// 32 or 36 characters, as uuids are written.
  std::string command_id{};
  /// The account's key.
  std::string account{};
  asked what = asked::deposit;
  /// In cents; of an opening the limit of the overdraft.
  std::int64_t amount = 0;
  std::int64_t parts = 1;
  /// The money's way. What begins with "opening" comes from outside; all other
  /// references move money: their withdrawals and deposits are equal.
  std::string reference{};
  bool retry = false;
};

enum class ended { accepted, rejected, failed };

/// What a sending came to. Written after it was heard.
struct answer {
  std::int64_t sending = 0;
  ended how = ended::failed;
  /// Of the command's last event, where it was accepted.
  std::int64_t version = 0;
  std::int64_t position = 0;
  bool repeated = false;
  /// The refusal's or the error's name.
  std::string word{};
};

/// The server's process is dead: what it has not answered stays unanswered.
struct server_gone {};

using history_record = std::variant<intent, answer, server_gone>;
using history = std::vector<history_record>;

/// One line, without its end.
[[nodiscard]] std::string to_line(const history_record& record);

/// Throws std::runtime_error with the line, if it is none of ours.
[[nodiscard]] history_record parse_line(std::string_view line);

/// Reads a file of them. A last line without its end was being written when
/// its writer died, and is left out. Throws as parse_line.
[[nodiscard]] history read_history(const std::string& path);

} // namespace cafes::soak
