// SPDX-License-Identifier: MIT
#pragma once

#include "tests/simulation/choices.hpp"
#include "tests/simulation/conditions.hpp"
#include "tests/simulation/event_trace.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace cafes::test {

/// A promise that did not hold.
struct broken_promise {
  /// The check that noticed it.
  std::string check;
  std::string what;
};

/// What all parts of one simulation share.
struct world {
  explicit world(std::uint64_t seed) : by{seed}, like{draw_conditions(by)} {}

  /// Draws a fault of the store; it may explain later errors.
  [[nodiscard]] bool goes_wrong(int in_ten_thousand) {
    if (!is_healed && by.chance(in_ten_thousand))
      is_disturbed = true;
    else
      return false;
    return true;
  }

  /// The first one counts: later ones follow from it.
  void fail(std::string check, std::string what) {
    if (broken)
      return;
    trace.note("BROKEN ", check, ": ", what);
    broken = broken_promise{std::move(check), std::move(what)};
  }

  choices by;
  conditions like;
  event_trace trace;
  std::optional<broken_promise> broken;
  /// No more faults.
  bool is_healed = false;
  bool is_outage = false;
  /// The store has failed since nothing was under way.
  bool is_disturbed = false;
  /// The running process has heard that it is not the owner any more.
  bool has_lost_log = false;
};

} // namespace cafes::test
