// SPDX-License-Identifier: MIT
#include "actors/read/event_rate.hpp"

namespace cafes::actors {

namespace {

constexpr std::chrono::seconds remembered{10};
constexpr std::chrono::milliseconds between_looks{250};

} // namespace

void event_rate::seen(std::int64_t count, clock::time_point when) {
  if (count < last_.count)
    looks_.clear();
  last_ = {count, when};
  while (!looks_.empty() && when - looks_.front().when > remembered)
    looks_.pop_front();
  if (looks_.empty() || when - looks_.back().when >= between_looks)
    looks_.push_back(last_);
}

double event_rate::per_second(clock::time_point now) const {
  for (const auto& first : looks_) {
    if (now - first.when > remembered)
      continue;
    const std::chrono::duration<double> time = now - first.when;
    const auto events = last_.count - first.count;
    return time.count() > 0 ? static_cast<double>(events) / time.count() : 0;
  }
  return 0;
}

} // namespace cafes::actors
