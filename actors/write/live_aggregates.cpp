// SPDX-License-Identifier: MIT
#include "actors/write/live_aggregates.hpp"

#include <utility>

namespace cafes::actors {

live_aggregate* live_aggregates::find(const stream_name& stream) {
  const auto found = by_stream_.find(stream);
  return found == by_stream_.end() ? nullptr : &found->second;
}

live_aggregate& live_aggregates::add(const stream_name& stream,
                                     caf::actor actor) {
  const auto [place, added] = by_stream_.try_emplace(stream);
  auto& one = place->second;
  one.stream = &place->first;
  one.actor = std::move(actor);
  by_use_.push_back(one);
  return one;
}

void live_aggregates::erase(live_aggregate& gone) {
  unlink(gone);
  by_stream_.erase(by_stream_.find(*gone.stream));
}

void live_aggregates::touch(live_aggregate& used, std::uint64_t round) {
  ++used.forwarded;
  used.used_in = round;
  // One that is being asked stays where it is until it answers.
  if (!used.is_asked)
    by_use_.splice(by_use_.end(), by_use_, by_use_.iterator_to(used));
}

void live_aggregates::ask(live_aggregate& one) {
  asked_.splice(asked_.end(), by_use_, by_use_.iterator_to(one));
  one.is_asked = true;
}

void live_aggregates::keep(live_aggregate& one, std::uint64_t round) {
  by_use_.splice(by_use_.end(), asked_, asked_.iterator_to(one));
  one.is_asked = false;
  one.used_in = round;
}

live_aggregate* live_aggregates::oldest() {
  return by_use_.empty() ? nullptr : &by_use_.front();
}

live_aggregate* live_aggregates::any() {
  return by_stream_.empty() ? nullptr : &by_stream_.begin()->second;
}

void live_aggregates::unlink(live_aggregate& one) {
  auto& list = one.is_asked ? asked_ : by_use_;
  list.erase(list.iterator_to(one));
}

} // namespace cafes::actors
