// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <limits>
#include <mutex>
#include <optional>

namespace cafes::test {

/// The calls of a store that can go wrong.
enum class store_call {
  take,
  find_streams,
  write,
  read_stream,
  recover,
  read_log,
  look_up,
  keep,
  open_view,
  claim,
  load,
  parked,
  orders,
  commit,
  open_target,
  go_live,
  find,
  query,
  total,
  count_,
};

/// How a call goes wrong.
enum class store_fault {
  /// Answers `unavailable` and has done nothing.
  fails,
  /// Answers `unavailable`, but has done it.
  lost_after,
  /// A write finds its position taken, as after another owner's.
  position_taken,
  /// A write finds a version taken.
  stream_conflict,
  /// Streams are found one version higher than they are.
  one_version_ahead,
  /// A stream is read or recovered without its first event.
  gap,
  /// A stream is read or recovered with types that nobody knows.
  unknown_types,
  /// A stream is recovered with a snapshot of which one bit has turned.
  damaged_snapshot,
  /// A stream's snapshot is found to be of another fingerprint.
  foreign_snapshot,
};

/// What goes wrong in a faulty_store, and what was called. Thread: any.
class fault_plan {
public:
  static constexpr int forever = std::numeric_limits<int>::max();

  /// The calls `first` to `last`, counted from now, go wrong.
  void plan(store_call where, store_fault how, int first = 1,
            int last = forever) {
    const std::lock_guard lock{mutex_};
    at(where).planned = {how, first, last};
    at(where).since_planned = 0;
  }

  void mend(store_call where) {
    const std::lock_guard lock{mutex_};
    at(where).planned.reset();
  }

  /// Calls wait from now on until they are released.
  void block(store_call where) {
    const std::lock_guard lock{mutex_};
    at(where).blocked = true;
  }

  void release(store_call where) {
    const std::lock_guard lock{mutex_};
    at(where).blocked = false;
    changed_.notify_all();
  }

  /// Calls begun so far.
  [[nodiscard]] int calls(store_call where) {
    const std::lock_guard lock{mutex_};
    return at(where).calls;
  }

  /// Waits until so many calls have begun; false when that takes too long.
  [[nodiscard]] bool wait_for_calls(store_call where, int count) {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, std::chrono::seconds{20},
                             [&] { return at(where).calls >= count; });
  }

  /// Said by the store at each call, which goes wrong if there is an answer.
  [[nodiscard]] std::optional<store_fault> enter(store_call where) {
    std::unique_lock lock{mutex_};
    auto& call = at(where);
    ++call.calls;
    ++call.since_planned;
    std::optional<store_fault> how;
    if (call.planned && call.since_planned >= call.planned->first
        && call.since_planned <= call.planned->last)
      how = call.planned->how;
    changed_.notify_all();
    changed_.wait(lock, [&] { return !call.blocked; });
    return how;
  }

private:
  struct fault {
    store_fault how;
    int first;
    int last;
  };

  struct state {
    int calls = 0;
    int since_planned = 0;
    bool blocked = false;
    std::optional<fault> planned;
  };

  state& at(store_call where) {
    return states_[static_cast<std::size_t>(where)];
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::array<state, static_cast<std::size_t>(store_call::count_)> states_;
};

/// Calls that wait as long as this object lives, or until it is released.
/// To be declared after the runtime, which could not stop otherwise.
class blocked_calls {
public:
  blocked_calls(fault_plan& faults, store_call where)
    : faults_{faults}, where_{where} {
    faults_.block(where_);
  }

  ~blocked_calls() { release(); }

  blocked_calls(const blocked_calls&) = delete;
  blocked_calls& operator=(const blocked_calls&) = delete;

  void release() { faults_.release(where_); }

private:
  fault_plan& faults_;
  store_call where_;
};

} // namespace cafes::test
