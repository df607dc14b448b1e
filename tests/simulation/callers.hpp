// SPDX-License-Identifier: MIT
#pragma once

#include "tests/simulation/sending.hpp"
#include "tests/simulation/world.hpp"

#include <cstddef>
#include <deque>
#include <vector>

namespace cafes::test {

/// What the simulated callers send next. They repeat what failed, as they are
/// told to, and sometimes what did not, or another command under its id.
class callers {
public:
  callers(world& around, sendings& sent) : around_{&around}, sent_{&sent} {}

  [[nodiscard]] bool have_more() const {
    return made_ < around_->like.commands;
  }

  /// The next one, added to the sendings.
  [[nodiscard]] sending& next();

  /// One that its stream must accept, in the state it has then.
  [[nodiscard]] sending& probe(const stream_name& stream,
                               const detail::aggregate_state& now);

  /// The same, marked as a retry where it must be or by chance; or another
  /// command under its id, by chance.
  [[nodiscard]] sending& again(const sending& first);

  /// A command that another owner stores: a new one, or one under way.
  [[nodiscard]] sending& foreign();

  /// It failed in a way that a caller repeats.
  void hear_failed(const sending& one) { failed_.push_back(one.number); }

  [[nodiscard]] std::vector<stream_name> streams() const;

private:
  [[nodiscard]] sending& add(const stream_name& stream);
  void choose(sending& one);
  void choose_for_account(sending& one);
  void choose_for_gauge(sending& one);
  void name(sending& one);

  world* around_;
  sendings* sent_;
  std::deque<std::size_t> failed_;
  std::size_t made_ = 0;
};

} // namespace cafes::test
