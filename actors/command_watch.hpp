// SPDX-License-Identifier: MIT
#pragma once

#include "actors/command_envelope.hpp"

#include <boost/intrusive/list.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

namespace cafes::actors {

/// All commands under way, so that each is answered in time wherever it is
/// stuck: with an actor that waits for a reader, behind a commit that hangs.
/// One list instead of timers, because CAF keeps an actor alive until its
/// timers have fired. Thread: any.
class command_watch {
public:
  explicit command_watch(std::chrono::milliseconds verdict_max)
    : verdict_max_{verdict_max} {}

  /// A new envelope that is watched until it is gone.
  [[nodiscard]] envelope_ptr make_envelope(command_envelope::order given,
                                           std::shared_ptr<admission> gate,
                                           std::shared_ptr<counters> counted);

  /// Answers those whose time is over at `now`.
  void expire(command_envelope::clock::time_point now);

private:
  class watched;

  void remove(command_envelope& gone);
  [[nodiscard]] std::vector<envelope_ptr> all();

  const std::chrono::milliseconds verdict_max_;
  std::mutex mutex_;
  boost::intrusive::list<command_envelope> under_way_;
};

} // namespace cafes::actors
