// SPDX-License-Identifier: MIT
#include "actors/read/rebuild_progress.hpp"

#include <algorithm>
#include <cmath>

namespace cafes::actors {

namespace {

constexpr std::chrono::seconds remembered{10};
constexpr std::chrono::milliseconds between_looks{250};

} // namespace

void rebuild_progress::seen(int build, position at, clock::time_point when) {
  if (build != build_ || at < last_.at)
    looks_.clear();
  build_ = build;
  last_ = {at, when};
  if (looks_.empty() || when - looks_.back().when >= between_looks)
    looks_.push_back(last_);
  while (when - looks_.front().when > remembered)
    looks_.pop_front();
}

void rebuild_progress::show(position until, rebuild_status& shown) const {
  if (shown.build != build_ || looks_.empty())
    return;
  const std::chrono::duration<double> time = last_.when - looks_.front().when;
  const auto events = last_.at.value() - looks_.front().at.value();
  if (time.count() <= 0 || events <= 0)
    return;
  shown.events_per_second = static_cast<double>(events) / time.count();
  const auto left
    = std::max<std::int64_t>(0, until.value() - shown.checkpoint.value());
  shown.remaining = std::chrono::seconds{static_cast<std::int64_t>(
    std::ceil(static_cast<double>(left) / shown.events_per_second))};
}

} // namespace cafes::actors
