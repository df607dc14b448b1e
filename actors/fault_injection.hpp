// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace cafes::actors {

/// Bugs that can be planted, to prove that the tests would find them.
enum class planted_bug {
  none,
  /// Answers before the log has spoken.
  acknowledge_before_commit,
  /// A refusal does not wait for the decisions it was made on.
  ungated_refusal,
  /// A snapshot is used without a look at its fingerprint and checksum.
  trusted_snapshot,
  /// A batch in doubt is taken for not stored.
  lost_in_doubt_batch,
  /// An aggregate leaves memory without asking the router.
  ticketless_passivation,
  /// A page's documents are committed before their checkpoint.
  torn_view_commit,
};

// Only tests compile the actors with CAFES_FAULT_INJECTION: what is shipped
// has neither the points nor the bugs.
#ifdef CAFES_FAULT_INJECTION

/// A named place where a test may end or stop the process.
void fault_point(std::string_view name);

[[nodiscard]] bool is_planted(planted_bug which);

/// Whether the hint that is about to be sent is to be lost.
[[nodiscard]] bool loses_hint();

#else

constexpr void fault_point(std::string_view) {}

[[nodiscard]] constexpr bool is_planted(planted_bug) {
  return false;
}

[[nodiscard]] constexpr bool loses_hint() {
  return false;
}

#endif

} // namespace cafes::actors
