// SPDX-License-Identifier: MIT
#include "actors/read/limited_thread.hpp"

#include "actors/finite.hpp"

#include <condition_variable>
#include <mutex>
#include <utility>

namespace cafes::actors {

namespace {

/// A process that was stopped and goes on finds one look overdue, not all.
constexpr int looks_per_limit = 10;

} // namespace

/// Shared with the thread, which may outlive us.
struct limited_thread::lane {
  std::mutex mutex;
  std::condition_variable moved;
  std::function<void()> work;
  bool is_done = false;
  bool has_thrown = false;
  bool is_closed = false;
};

limited_thread::~limited_thread() {
  if (!lane_)
    return;
  {
    const std::lock_guard lock{lane_->mutex};
    lane_->is_closed = true;
  }
  lane_->moved.notify_all();
  thread_.join();
}

limited_thread::ended limited_thread::run(std::function<void()> work,
                                          std::chrono::milliseconds limit,
                                          const heart_beat& beat) {
  if (!lane_) {
    auto fresh = std::make_shared<lane>();
    thread_ = std::thread{[fresh] { serve(fresh); }}; // may throw
    lane_ = std::move(fresh);
  }
  std::unique_lock lock{lane_->mutex};
  lane_->work = std::move(work);
  lane_->is_done = lane_->has_thrown = false;
  lane_->moved.notify_all();
  const auto look = std::chrono::microseconds{finite(limit)} / looks_per_limit;
  const void* before = nullptr;
  for (int same = 0; same < looks_per_limit;) {
    if (lane_->moved.wait_for(lock, look, [this] { return lane_->is_done; }))
      return lane_->has_thrown ? ended::threw : ended::done;
    const auto* now = beat();
    same = now == before ? same + 1 : 0;
    before = now;
  }
  lane_->is_closed = true;
  lock.unlock();
  thread_.detach();
  lane_.reset();
  ++left_;
  return ended::late;
}

void limited_thread::serve(const std::shared_ptr<lane>& on) {
  std::unique_lock lock{on->mutex};
  for (;;) {
    on->moved.wait(lock, [&] { return on->work || on->is_closed; });
    if (!on->work)
      return;
    auto work = std::exchange(on->work, {});
    lock.unlock();
    bool has_thrown = false;
    try {
      work();
    } catch (...) { // it must not end the process
      has_thrown = true;
    }
    work = {}; // what it holds goes before anybody is told
    lock.lock();
    on->has_thrown = has_thrown;
    on->is_done = true;
    on->moved.notify_all();
  }
}

} // namespace cafes::actors
