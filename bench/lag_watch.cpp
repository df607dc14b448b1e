// SPDX-License-Identifier: MIT
#include "bench/lag_watch.hpp"

#include <algorithm>

namespace cafes::bench {

namespace {

constexpr std::chrono::microseconds pause{200};

} // namespace

lag_watch::lag_watch(const runtime& service)
  : service_{service},
    head_{service.status().head},
    thread_{[this](const std::stop_token& stop) { watch(stop); }} {}

lag_report lag_watch::finish() {
  thread_.request_stop();
  thread_.join();
  return report_;
}

void lag_watch::watch(const std::stop_token& stop) {
  for (;;) {
    const bool is_last = stop.stop_requested();
    look();
    if (is_last && waiting_.empty())
      return;
    std::this_thread::sleep_for(pause);
  }
}

void lag_watch::look() {
  const auto status = service_.status();
  const auto now = clock::now();
  auto applied = status.head;
  for (const auto& each : status.projections)
    applied = std::min(applied, each.checkpoint);
  if (status.head > head_)
    waiting_.push_back({status.head, status.head.value() - head_.value(), now});
  head_ = status.head;
  report_.events_max = std::max(report_.events_max,
                                head_.value() - applied.value());
  for (; !waiting_.empty() && waiting_.front().last <= applied;
       waiting_.pop_front())
    for (std::int64_t event = 0; event < waiting_.front().events; ++event)
      report_.times->record(now - waiting_.front().seen);
}

} // namespace cafes::bench
