// SPDX-License-Identifier: MIT
#pragma once

#include "tests/soak/history.hpp"
#include "tests/soak/history_checker.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <unordered_map>
#include <vector>

// A history, sorted by sendings and commands.

namespace cafes::soak {

inline constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

/// One sending of a command. Times are places in the history.
struct sending {
  const intent* said = nullptr;
  const answer* heard = nullptr;
  std::size_t sent_at = 0;
  std::size_t heard_at = never;
  bool server_died = false;
  /// What was known to be stored when it was sent: of its stream, of the log.
  std::int64_t known_version = 0;
  std::int64_t known_position = 0;

  [[nodiscard]] bool is(ended how) const {
    return heard != nullptr && heard->how == how;
  }

  /// It may be this sending that stored the command's events.
  [[nodiscard]] bool may_have_stored() const;

  /// It was told that this sending has stored nothing.
  [[nodiscard]] bool is_denied() const {
    return heard != nullptr && heard->how != ended::accepted
           && !may_have_stored();
  }
};

/// All sendings of one command, in their order; never empty.
struct sent_command {
  std::vector<sending> sendings;

  [[nodiscard]] const intent& said() const { return *sendings.front().said; }

  /// The one that stored the command, if it is stored: the one that said so,
  /// else the first that may have; nullptr when none can have.
  [[nodiscard]] const sending* source() const;
};

/// By command id, as normal_id writes it.
using sent_commands = std::unordered_map<std::string, sent_command>;

/// Lower case, without dashes.
[[nodiscard]] std::string normal_id(std::string_view command_id);

/// The history must outlive what is returned.
[[nodiscard]] sent_commands sort_by_command(const history& told,
                                            load_phase phase,
                                            std::vector<finding>& found);

} // namespace cafes::soak
