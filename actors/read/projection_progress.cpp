// SPDX-License-Identifier: MIT
#include "actors/read/projection_progress.hpp"

#include "actors/finite.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cafes::actors {

projection_progress::projection_progress(std::string name, int version,
                                         projection_kind kind) {
  known_.name = std::move(name);
  known_.version = version;
  known_.kind = kind;
}

void projection_progress::found(projection_phase phase, position checkpoint) {
  const std::lock_guard lock{mutex_};
  if (known_.phase == projection_phase::stopped)
    return;
  enter(phase);
  if (known_.checkpoint != checkpoint)
    behind_since_.reset();
  known_.checkpoint = found_at_ = checkpoint;
  waiting_since_.reset();
  exists_ = true;
  move();
}

void projection_progress::applied(position checkpoint, std::uint64_t events) {
  const std::lock_guard lock{mutex_};
  known_.checkpoint = checkpoint;
  known_.events_applied += events;
  applied_.seen(static_cast<std::int64_t>(known_.events_applied),
                event_rate::clock::now());
  waiting_since_.reset();
  behind_since_.reset();
  move();
}

void projection_progress::move() {
  ++revision_;
  moved_.notify_all();
  if (signal_)
    signal_->raise();
}

void projection_progress::waiting_since(timestamp oldest) {
  const std::lock_guard lock{mutex_};
  waiting_since_ = oldest;
}

void projection_progress::show(const std::optional<std::string>& paused,
                               std::size_t parked) {
  const std::lock_guard lock{mutex_};
  if (paused && known_.phase == projection_phase::running)
    enter(projection_phase::paused);
  if (!paused && known_.phase == projection_phase::paused)
    enter(projection_phase::running);
  known_.paused = paused.value_or("");
  // What was parked and is not any more has been applied.
  const auto count = static_cast<std::int64_t>(parked);
  if (std::exchange(known_.parked, count) != count)
    move();
  if (paused) {
    gave_up_.reset();
    moved_.notify_all();
  }
}

void projection_progress::show_builds(const store::view_builds& builds,
                                      position target) {
  const std::lock_guard lock{mutex_};
  if (std::exchange(known_.build, builds.live) != builds.live)
    move();
  known_.can_roll_back = builds.previous.has_value();
  known_.rebuild_stopped = builds.stopped;
  const auto before = std::exchange(known_.rebuild, std::nullopt);
  if (!builds.target)
    return;
  known_.rebuild.emplace();
  known_.rebuild->build = *builds.target;
  known_.rebuild->checkpoint = target;
  known_.rebuild->is_under_way = builds.is_building;
  known_.rebuild->goes_back = builds.goes_back;
  if (!before || before->build != *builds.target || !before->is_under_way)
    rebuilt_.clear();
  rebuilt_.seen(target.value(), event_rate::clock::now());
}

void projection_progress::note(const std::string& fault) {
  const std::lock_guard lock{mutex_};
  known_.last_error = fault;
}

void projection_progress::failed(const error& why) {
  const std::lock_guard lock{mutex_};
  known_.last_error = describe(why);
  may_pass_ = why.code == errc::unavailable || why.code == errc::not_owner
              || why.code == errc::outcome_unknown;
}

bool projection_progress::may_pass() const {
  const std::lock_guard lock{mutex_};
  return may_pass_;
}

void projection_progress::give_up(const std::string& why) {
  const std::lock_guard lock{mutex_};
  gave_up_ = why;
}

std::optional<std::string> projection_progress::gave_up() const {
  const std::lock_guard lock{mutex_};
  return gave_up_;
}

std::string projection_progress::last_error() const {
  const std::lock_guard lock{mutex_};
  return known_.last_error;
}

void projection_progress::pausing() {
  const std::lock_guard lock{mutex_};
  enter(projection_phase::pausing);
}

void projection_progress::restarting() {
  const std::lock_guard lock{mutex_};
  enter(projection_phase::starting);
  ++known_.restarts;
}

void projection_progress::stopped() {
  const std::lock_guard lock{mutex_};
  known_.phase = projection_phase::stopped;
  moved_.notify_all();
}

/// A worker may still be on its last page when all is stopped.
void projection_progress::enter(projection_phase next) {
  if (known_.phase != projection_phase::stopped)
    known_.phase = next;
}

position projection_progress::checkpoint() const {
  const std::lock_guard lock{mutex_};
  return known_.checkpoint;
}

position projection_progress::secured() const {
  const std::lock_guard lock{mutex_};
  return in_memory_ ? found_at_ : known_.checkpoint;
}

std::optional<std::uint64_t> projection_progress::revision() const {
  const std::lock_guard lock{mutex_};
  return exists_ ? std::optional{revision_} : std::nullopt;
}

std::uint64_t projection_progress::restarts() const {
  const std::lock_guard lock{mutex_};
  return known_.restarts;
}

bool projection_progress::wait_for(position wanted,
                                   std::chrono::milliseconds timeout,
                                   bool unless_paused) const {
  std::unique_lock lock{mutex_};
  const auto reached = [&] { return exists_ && known_.checkpoint >= wanted; };
  moved_.wait_for(lock, finite(timeout), [&] {
    return reached() || known_.phase == projection_phase::stopped
           || (unless_paused && exists_ && !known_.paused.empty());
  });
  return reached();
}

void projection_progress::wait_for_news(
  std::chrono::milliseconds timeout) const {
  std::unique_lock lock{mutex_};
  moved_.wait_for(lock, finite(timeout));
}

projection_status projection_progress::status(position head) const {
  const std::lock_guard lock{mutex_};
  auto shown = known_;
  shown.lag_events
    = std::max<std::int64_t>(0, head.value() - shown.checkpoint.value());
  if (shown.lag_events > 0 && waiting_since_)
    shown.lag_time
      = std::max(std::chrono::milliseconds{0},
                 std::chrono::duration_cast<std::chrono::milliseconds>(
                   now() - *waiting_since_));
  add_rates(shown);
  const auto looked_at = std::chrono::steady_clock::now();
  if (shown.lag_events == 0 || shown.phase == projection_phase::paused
      || shown.phase == projection_phase::stopped)
    behind_since_.reset();
  else if (!behind_since_)
    behind_since_ = looked_at;
  if (behind_since_)
    shown.stuck_for = std::chrono::duration_cast<std::chrono::milliseconds>(
      looked_at - *behind_since_);
  return shown;
}

void projection_progress::add_rates(projection_status& shown) const {
  const auto now = event_rate::clock::now();
  shown.events_per_second = applied_.per_second(now);
  if (!shown.rebuild || !shown.rebuild->is_under_way)
    return;
  auto& made = *shown.rebuild;
  made.events_per_second = rebuilt_.per_second(now);
  const auto left = std::max<std::int64_t>(0, shown.checkpoint.value()
                                                - made.checkpoint.value());
  if (made.events_per_second > 0)
    made.remaining = std::chrono::seconds{static_cast<std::int64_t>(
      std::ceil(static_cast<double>(left) / made.events_per_second))};
}

} // namespace cafes::actors
