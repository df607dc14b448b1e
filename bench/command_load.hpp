// SPDX-License-Identifier: MIT
#pragma once

#include "bench/fast_random.hpp"
#include "bench/load_report.hpp"

#include <cafes/runtime.hpp>

#include <atomic>
#include <latch>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace cafes::bench {

/// One command to be sent.
template <class Command>
struct addressed {
  std::string_view key;
  Command command;
  send_options options;
};

/// Drives a runtime by continuations, without a thread per caller. `Next` is
/// called with a fast_random and answers an addressed command to its `decider`;
/// by several threads at once. Thread: the one that made it; one run at a time.
template <class Next>
class command_load {
public:
  using clock = std::chrono::steady_clock;
  using decider = typename Next::decider;

  command_load(runtime& service, Next next)
    : service_{service}, next_{std::move(next)} {}

  /// Closed loop: so many commands are always outstanding, each answer sends
  /// the next. Throws if any is not accepted.
  load_report run_closed(std::size_t outstanding, seconds round) {
    load_report report;
    report_ = &report;
    running_ = true;
    std::latch ended{static_cast<std::ptrdiff_t>(outstanding)};
    std::vector<caller> callers;
    callers.reserve(outstanding);
    for (std::size_t at = 0; at < outstanding; ++at)
      callers.push_back({fast_random{++seed_ * 7919}, {}, 0, &ended});
    const auto started = clock::now();
    for (auto& one : callers)
      send_next(one);
    std::this_thread::sleep_for(round);
    running_ = false;
    ended.wait();
    report.took = clock::now() - started;
    for (const auto& one : callers)
      report.accepted += one.accepted;
    fail_if_any();
    return report;
  }

  /// Open loop: commands leave on a schedule that does not wait for answers,
  /// and latency counts from the moment a command was to leave, so that a
  /// stall is seen by all whom it would have hit (no coordinated omission).
  /// What is answered `overloaded` is counted, other failures throw.
  load_report run_open(double rate, seconds round) {
    load_report report;
    report_ = &report;
    fast_random random{++seed_ * 7919};
    const auto count = static_cast<std::ptrdiff_t>(rate * round.count());
    std::latch ended{count};
    accepted_ = 0;
    overloaded_ = 0;
    const auto started = clock::now();
    for (std::ptrdiff_t at = 0; at < count; ++at) {
      const auto due = started
                       + std::chrono::duration_cast<clock::duration>(
                         seconds{static_cast<double>(at) / rate});
      if (clock::now() < due)
        std::this_thread::sleep_until(due);
      send_scheduled(random, due, ended);
    }
    ended.wait();
    report.took = clock::now() - started;
    report.accepted = accepted_;
    report.overloaded = overloaded_;
    fail_if_any();
    return report;
  }

private:
  struct caller {
    fast_random random;
    clock::time_point sent;
    std::uint64_t accepted;
    std::latch* ended;
  };

  void send_next(caller& one) {
    auto asked = next_(one.random);
    one.sent = clock::now();
    // Two pointers: what a std::function holds without an allocation.
    service_.template send<decider>(
      asked.key, std::move(asked.command), asked.options,
      [this, &one](outcome<decider> ended) { answered(one, ended); });
  }

  static bool is_stored(const outcome<decider>& ended) {
    return ended.accepted() && !ended.accepted()->repeated;
  }

  void answered(caller& one, const outcome<decider>& ended) {
    if (!is_stored(ended)) {
      fail(ended);
      one.ended->count_down();
      return;
    }
    report_->latency->record(clock::now() - one.sent);
    ++one.accepted;
    if (running_)
      send_next(one);
    else
      one.ended->count_down();
  }

  void send_scheduled(fast_random& random, clock::time_point due,
                      std::latch& ended) {
    auto asked = next_(random);
    service_.template send<decider>(
      asked.key, std::move(asked.command), asked.options,
      [this, due, &ended](outcome<decider> came) {
        if (is_stored(came)) {
          report_->latency->record(clock::now() - due);
          ++accepted_;
        } else if (came.failed() && came.failed()->code == errc::overloaded) {
          ++overloaded_;
        } else {
          fail(came);
        }
        ended.count_down();
      });
  }

  void fail(const outcome<decider>& ended) {
    running_ = false;
    if (failed_.test_and_set())
      return;
    failure_ = ended.failed()     ? describe(*ended.failed())
               : ended.accepted() ? "a command id came twice"
                                  : "a command was refused by the domain";
  }

  void fail_if_any() {
    if (failed_.test())
      throw std::runtime_error{"not every command was accepted: " + failure_};
  }

  runtime& service_;
  Next next_;
  load_report* report_ = nullptr;
  /// Of the whole process: two loads must not give the same ids, since what is
  /// repeated is not stored again.
  static inline std::atomic<std::uint64_t> seed_{0};
  std::atomic<bool> running_{false};
  std::atomic<std::uint64_t> accepted_{0};
  std::atomic<std::uint64_t> overloaded_{0};
  std::atomic_flag failed_;
  std::string failure_;
};

} // namespace cafes::bench
