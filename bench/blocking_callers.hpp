// SPDX-License-Identifier: MIT
#pragma once

#include "bench/load_report.hpp"

#include <atomic>
#include <cstddef>
#include <exception>
#include <latch>
#include <mutex>
#include <thread>
#include <vector>

namespace cafes::bench {

/// A thread for each caller, and each waits for its answer before it asks
/// again. `make(number)` is called in the caller's thread before the clock
/// starts; what it makes is called until the time is over or it answers false,
/// when there is nothing left to ask. The first exception of any caller ends
/// all and is thrown here.
template <class Make>
load_report run_callers(std::size_t count, seconds round, const Make& make) {
  using clock = std::chrono::steady_clock;
  load_report report;
  std::latch ready{static_cast<std::ptrdiff_t>(count) + 1};
  std::atomic<bool> running{true};
  std::atomic<std::uint64_t> answered{0};
  std::mutex mutex;
  std::exception_ptr failed;
  const auto fail = [&] {
    const std::lock_guard lock{mutex};
    if (!failed)
      failed = std::current_exception();
    running = false;
  };
  const auto call = [&](std::size_t number) {
    bool is_ready = false;
    try {
      auto ask = make(number);
      is_ready = true;
      ready.arrive_and_wait();
      std::uint64_t own = 0;
      for (auto before = clock::now(); running && ask(); ++own) {
        const auto now = clock::now();
        report.latency->record(now - before);
        before = now;
      }
      answered += own;
    } catch (...) {
      fail();
      if (!is_ready)
        ready.count_down();
    }
  };
  std::vector<std::jthread> threads;
  for (std::size_t number = 0; number < count; ++number)
    threads.emplace_back(call, number);
  ready.arrive_and_wait();
  const auto started = clock::now();
  std::this_thread::sleep_for(round);
  running = false;
  for (auto& thread : threads)
    thread.join();
  report.took = clock::now() - started;
  report.accepted = answered;
  if (failed)
    std::rethrow_exception(failed);
  return report;
}

} // namespace cafes::bench
