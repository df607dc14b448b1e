// SPDX-License-Identifier: MIT
#pragma once

#include "store/memory/memory_log.hpp"
#include "tests/simulation/sending.hpp"
#include "tests/simulation/world.hpp"

#include <cafes/detail/aggregate_type.hpp>

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace cafes::test {

/// What the log holds, folded anew and compared with what was sent: each
/// sending's events are just what it had to store on the state before it.
class stored_history {
public:
  /// The events of one sending.
  struct stored_command {
    std::size_t sent = 0;
    version last_version;
    position last_position;
  };

  struct stream {
    /// By version.
    std::vector<std::unique_ptr<detail::aggregate_state>> states;
    std::vector<stored_command> commands;

    [[nodiscard]] version last() const {
      return version{static_cast<std::int64_t>(states.size()) - 1};
    }
    [[nodiscard]] const detail::aggregate_state& at(version which) const {
      return *states.at(static_cast<std::size_t>(which.value()));
    }
  };

  stored_history(world& around, const store::memory::memory_log& log,
                 const sendings& sent);

  /// Looks at what is new in the log.
  void catch_up();

  [[nodiscard]] const stream& of(const stream_name& name) {
    return look_up(name);
  }

  /// The stored command of a sending; null if it has stored nothing.
  [[nodiscard]] const stored_command* find(const sending& sent);
  /// The stored command with the id of a sending, whoever stored it.
  [[nodiscard]] const stored_command* find_id(const sending& sent);

  [[nodiscard]] const detail::aggregate_type& type_of(const std::string& name);

private:
  using stored_events
    = std::span<const store::memory::memory_log::stored_event>;

  [[nodiscard]] stream& look_up(const stream_name& name);
  void take(const sending& sent, stored_events events);
  void check_promises(const sending& sent);
  void check_decision(const sending& sent, const stream& in,
                      stored_events events);
  void fold(stream& into, const recorded_event& stored);

  world* around_;
  const store::memory::memory_log* log_;
  const sendings* sent_;
  std::map<std::string, detail::aggregate_type> types_;
  std::map<stream_name, stream> streams_;
  position seen_;
};

} // namespace cafes::test
