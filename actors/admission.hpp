// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/expected.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>

namespace cafes::actors {

/// How much may be under way at once.
struct admission_limits {
  std::size_t commands_max;
  std::size_t bytes_max;
};

/// The gate in front of the runtime. CAF's mailboxes have no bound of their
/// own: what this gate lets in bounds them all. Thread: any.
class admission {
public:
  explicit admission(admission_limits limits);

  /// A glance before anything is made for a command: no place is left, so
  /// `enter` would refuse it. What it would say is `overloaded`.
  [[nodiscard]] bool is_full() const {
    return !closed_ && commands_ >= limits_.commands_max;
  }

  [[nodiscard]] const error& overloaded() const { return overloaded_; }

  /// Takes a place for a command.
  /// Errors: overloaded, or the reason the gate was closed with.
  [[nodiscard]] expected<void> enter(std::size_t bytes);

  void leave(std::size_t bytes);

  /// Refuses everything from now on with this error; the first reason stays.
  void close(error why);

  /// Waits until nobody is inside. False when the time is over.
  [[nodiscard]] bool wait_until_empty(std::chrono::milliseconds timeout);

  [[nodiscard]] std::size_t commands() const { return commands_.load(); }

private:
  const admission_limits limits_;
  const error overloaded_;
  std::atomic<std::size_t> commands_{0};
  std::atomic<std::size_t> bytes_{0};
  std::atomic<bool> closed_{false};

  std::mutex mutex_;
  std::condition_variable empty_;
  std::optional<error> why_closed_;
};

} // namespace cafes::actors
