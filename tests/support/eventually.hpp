// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <stdexcept>

namespace cafes::test {

/// Far beyond what anything in a test takes.
constexpr std::chrono::seconds long_enough{30};

/// Asks again and again until it is true; false when that takes too long.
template <class Condition>
[[nodiscard]] bool eventually(Condition&& condition) {
  std::mutex mutex;
  std::condition_variable never;
  std::unique_lock lock{mutex};
  const auto until = std::chrono::steady_clock::now() + long_enough;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until)
      return false;
    never.wait_for(lock, std::chrono::milliseconds{1});
  }
  return true;
}

/// The answer; one that does not come ends the test.
template <class Value>
[[nodiscard]] Value get(std::future<Value> answer) {
  if (answer.wait_for(long_enough) != std::future_status::ready)
    throw std::runtime_error{"no answer"};
  return answer.get();
}

} // namespace cafes::test
