// SPDX-License-Identifier: MIT
#pragma once

#include "tests/soak/history.hpp"
#include "tests/support/stored_log.hpp"

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace cafes::soak {

/// What a history and a log can have against each other.
enum class wrong {
  /// Positions are not 1..n.
  position_gap,
  /// Versions of a stream are not 1..n.
  version_gap,
  /// Events of a command miss, or others stand between them.
  torn_command,
  /// A command has had its effect more than once.
  stored_twice,
  /// An event without an intent.
  nobody_asked,
  /// An event that is not what its command asked for.
  wrong_event,
  /// The domain would have refused the command on the state before it.
  impossible_event,
  /// A balance below the account's limit.
  below_limit,
  /// Accepted, and not in the log.
  accepted_not_stored,
  /// Accepted with another version or position than that in the log.
  accepted_elsewhere,
  /// Two answers to one command that say different things.
  changed_answer,
  /// Refused, or failed with a code that promises that nothing is stored; and
  /// it is.
  denied_but_stored,
  /// No state that was in the log between the sending and the answer explains
  /// the refusal.
  unexplained_refusal,
  /// Sent when another was known to be stored, and stored before it.
  out_of_order,
  /// Withdrawn and not deposited, or deposited and not withdrawn.
  unbalanced_money,
  /// A server that lives has not answered.
  no_answer,
  /// The client's fault: an answer to what was not sent, a number sent twice,
  /// an id for two commands.
  broken_history,
};

[[nodiscard]] std::string_view to_string(wrong what);

struct finding {
  wrong what;
  /// Command, stream, version, line of the history: where to look.
  std::string words;
};

std::ostream& operator<<(std::ostream& out, const finding& found);

/// How far the load had come when the log was read.
enum class load_phase {
  /// Sendings may be without an answer, money may be on its way.
  under_way,
  /// All has been answered (or the server was gone, and it was sent again)
  /// and all withdrawn money was deposited.
  at_rest,
};

/// All that is wrong, in no order; empty when the log is what the clients were
/// told. The log must have been read after the last answer of the history.
/// For one history of one process's clients, since its order is taken for real
/// time; commands as in ledger_account.hpp. Takes time in proportion to history
/// and log.
[[nodiscard]] std::vector<finding>
check_history(const history& told, const std::vector<test::stored_event>& log,
              load_phase phase);

} // namespace cafes::soak
