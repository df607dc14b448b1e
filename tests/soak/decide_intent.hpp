// SPDX-License-Identifier: MIT
#pragma once

#include "tests/soak/history.hpp"
#include "tests/soak/ledger_account.hpp"
#include "tests/support/stored_log.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// What the domain makes of an intent: the only place of the checker that knows
// commands and events.

namespace cafes::soak {

/// Each event of a command is like the others.
struct wanted_event {
  std::string_view type;
  std::int64_t amount = 0;
  std::string_view reference;
};

/// The event that it asks for; refers to the intent.
[[nodiscard]] wanted_event wanted_by(const intent& said);

/// How often it asks for it.
[[nodiscard]] std::size_t events_of(const intent& said);

/// "account-17"
[[nodiscard]] std::string stream_of(const intent& said);

[[nodiscard]] ledger_account::decision decide(const ledger_account::state& now,
                                              const intent& said);

/// Folds a stored event; false if the domain has no such event.
bool fold(ledger_account::state& now, const test::stored_event& event);

} // namespace cafes::soak
