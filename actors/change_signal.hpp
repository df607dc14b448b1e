// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace cafes::actors {

/// Says that something has changed, to one who looks what it was. Thread: any.
class change_signal {
public:
  void raise() {
    {
      const std::lock_guard lock{mutex_};
      ++raised_;
    }
    changed_.notify_all();
  }

  [[nodiscard]] std::uint64_t raised() const {
    const std::lock_guard lock{mutex_};
    return raised_;
  }

  /// Waits until it is raised again after having been raised so often, or the
  /// time is over.
  void wait_beyond(std::uint64_t seen, std::chrono::milliseconds timeout) {
    std::unique_lock lock{mutex_};
    changed_.wait_for(lock, timeout, [&] { return raised_ != seen; });
  }

private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t raised_ = 0;
};

} // namespace cafes::actors
