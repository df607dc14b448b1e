// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace cafes {

/// Everything that can go wrong outside the domain. A code exists only if a
/// caller can act differently on it. Stored and sent: values never change.
enum class errc : int {
  version_conflict = 1,
  command_id_reused = 2,
  overloaded = 3,
  deadline_exceeded = 4,
  not_owner = 5,
  moved = 6,
  unavailable = 7,
  outcome_unknown = 8,
  stream_not_found = 9,
  limit_exceeded = 10,
  unknown_type = 11,
  incompatible_schema = 12,
  corrupt = 13,
  log_truncated = 14,
  shutting_down = 15,
  invalid_argument = 16,
};

/// What a code means and what its receiver should do.
struct error_explanation {
  errc code;
  std::string_view name;
  std::string_view cause;
  std::string_view remedy;
};

/// The whole list, in order of value. Thread: any.
[[nodiscard]] std::span<const error_explanation> all_errors();

/// The explanation of one code. Thread: any.
[[nodiscard]] const error_explanation& explain(errc code);

/// The name as used in logs, metrics and JSON: "version_conflict".
[[nodiscard]] std::string_view to_string(errc code);

/// A failure of the world: a code to act on, and a sentence for people that
/// says what happened and where. Domain refusals are not errors.
struct error {
  errc code;
  std::string message;

  bool operator==(const error&) const = default;
};

/// "version_conflict: account-42 is at version 18, expected 17. <remedy>"
[[nodiscard]] std::string describe(const error& failed);

} // namespace cafes
