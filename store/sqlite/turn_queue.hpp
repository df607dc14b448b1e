// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace cafes::store::sqlite {

/// A mutex that serves in the order of arrival. With std::mutex the log's
/// writer, which comes again at once, overtakes the views: one in a hundred
/// of their commits then takes twice as long.
/// Thread: any.
class turn_queue {
public:
  void lock() {
    std::unique_lock guard{mutex_};
    const auto mine = arrived_++;
    next_.wait(guard, [&] { return served_ == mine; });
  }

  void unlock() {
    const std::lock_guard guard{mutex_};
    ++served_;
    next_.notify_all();
  }

private:
  std::mutex mutex_;
  std::condition_variable next_;
  std::uint64_t arrived_ = 0;
  std::uint64_t served_ = 0;
};

} // namespace cafes::store::sqlite
