// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/expected.hpp>

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace cafes::actors {

/// A bounded number of blocking sessions for callers of any thread. Sessions
/// are opened when first needed and kept. Thread: any.
template <class Session>
class session_pool {
public:
  using open_function = std::function<expected<std::unique_ptr<Session>>()>;

  session_pool(open_function open, std::size_t sessions_max)
    : open_{std::move(open)}, sessions_max_{sessions_max} {}

  /// Runs `use` with a session of its own; waits for a free one.
  /// Errors: those of opening, those of `use`.
  template <class Use>
  auto with(Use&& use)
    -> decltype(std::declval<Use>()(std::declval<Session&>())) {
    auto session = borrow();
    if (!session)
      return failure_of(session);
    try {
      auto result = std::forward<Use>(use)(**session);
      give_back(*std::move(session));
      return result;
    } catch (...) { // who knows in what state the session is
      give_place_back();
      throw;
    }
  }

private:
  expected<std::unique_ptr<Session>> borrow() {
    std::unique_lock lock{mutex_};
    freed_.wait(lock, [this] { return !free_.empty() || open_now(); });
    if (!free_.empty()) {
      auto session = std::move(free_.back());
      free_.pop_back();
      return session;
    }
    ++opened_;
    lock.unlock();
    auto session = open_();
    if (!session)
      give_place_back();
    return session;
  }

  [[nodiscard]] bool open_now() const { return opened_ < sessions_max_; }

  void give_back(std::unique_ptr<Session> session) {
    const std::lock_guard lock{mutex_};
    free_.push_back(std::move(session));
    freed_.notify_one();
  }

  void give_place_back() {
    const std::lock_guard lock{mutex_};
    --opened_;
    freed_.notify_one();
  }

  const open_function open_;
  const std::size_t sessions_max_;

  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Session>> free_;
  std::size_t opened_ = 0;
};

} // namespace cafes::actors
