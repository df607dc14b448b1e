// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <thread>

namespace cafes::actors {

/// Runs the user's functions on a thread of its own, one at a time, and gives
/// up on one that takes too long: C++ cannot stop a thread, so it is left to
/// itself, and the next function gets a new one. Thread: one at a time.
class limited_thread {
public:
  enum class ended {
    done,
    threw,
    /// The function may still run: what it uses must be its own.
    late,
  };

  limited_thread() = default;
  ~limited_thread();
  limited_thread(const limited_thread&) = delete;
  limited_thread& operator=(const limited_thread&) = delete;

  /// Says where the work is.
  using heart_beat = std::function<const void*()>;

  /// Blocks until `work` has ended, or `beat` has given the same for `limit`,
  /// up to a fifth longer.
  [[nodiscard]] ended run(std::function<void()> work,
                          std::chrono::milliseconds limit,
                          const heart_beat& beat);

  /// Threads that have been left to themselves since count_anew.
  [[nodiscard]] std::size_t left() const { return left_; }
  void count_anew() { left_ = 0; }

private:
  struct lane;

  static void serve(const std::shared_ptr<lane>& on);

  std::shared_ptr<lane> lane_;
  std::thread thread_;
  std::size_t left_ = 0;
};

} // namespace cafes::actors
