// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace cafes::actors {

/// Ends the pauses of blocking actors when the runtime stops. Thread: any.
class stop_signal {
public:
  void raise() {
    const std::lock_guard lock{mutex_};
    raised_ = true;
    changed_.notify_all();
  }

  /// Pauses; true when the runtime stops.
  [[nodiscard]] bool pause(std::chrono::milliseconds length) {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, length, [this] { return raised_; });
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool raised_ = false;
};

} // namespace cafes::actors
