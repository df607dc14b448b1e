// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/stream.hpp>

#include <boost/intrusive/list.hpp>

#include <caf/actor.hpp>

#include <cstddef>
#include <cstdint>
#include <unordered_map>

namespace cafes::actors {

/// What the router knows of an aggregate in memory.
struct live_aggregate : boost::intrusive::list_base_hook<> {
  const stream_name* stream = nullptr;
  caf::actor actor;
  /// Commands sent to it so far.
  std::uint64_t forwarded = 0;
  /// The router's round in which the last one was sent.
  std::uint64_t used_in = 0;
  /// It has been asked whether it may leave, and has not answered yet.
  bool is_asked = false;
};

/// The aggregates in memory by stream and by last use.
/// Thread: one at a time.
class live_aggregates {
public:
  [[nodiscard]] live_aggregate* find(const stream_name& stream);

  live_aggregate& add(const stream_name& stream, caf::actor actor);
  void erase(live_aggregate& gone);

  /// A command goes to it: it is the most recently used one now.
  void touch(live_aggregate& used, std::uint64_t round);

  /// It is being asked to leave: not to be asked again before it answers.
  void ask(live_aggregate& one);

  /// It stays; as if it had just been used.
  void keep(live_aggregate& one, std::uint64_t round);

  /// The least recently used one that is not being asked; null without one.
  [[nodiscard]] live_aggregate* oldest();

  /// Any of all; null without one.
  [[nodiscard]] live_aggregate* any();

  [[nodiscard]] std::size_t size() const { return by_stream_.size(); }
  [[nodiscard]] std::size_t asked() const { return asked_.size(); }

private:
  using use_list = boost::intrusive::list<live_aggregate>;

  void unlink(live_aggregate& one);

  std::unordered_map<stream_name, live_aggregate> by_stream_;
  use_list by_use_;
  use_list asked_;
};

} // namespace cafes::actors
