// SPDX-License-Identifier: MIT
#pragma once

#include "actors/change_signal.hpp"
#include "actors/read/event_rate.hpp"
#include "store/view_builds.hpp"

#include <cafes/error.hpp>
#include <cafes/position.hpp>
#include <cafes/status.hpp>
#include <cafes/timestamp.hpp>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace cafes::actors {

/// How far one projection or reactor is, outliving its actors: written by
/// it and its supervisor, read by queries and status. Thread: any.
class projection_progress {
public:
  projection_progress(std::string name, int version,
                      projection_kind kind = projection_kind::view);

  /// To be raised whenever the view has moved; called before anything else.
  void raise_when_moved(std::shared_ptr<change_signal> signal) {
    signal_ = std::move(signal);
  }

  /// What it applies is stored later; called before anything else.
  void keeps_in_memory() { in_memory_ = true; }

  /// The projection has found its checkpoint, or lost it to another process.
  void found(projection_phase phase, position checkpoint);

  /// Events up to `checkpoint` are applied; `events` of them just now.
  void applied(position checkpoint, std::uint64_t events);

  /// An event written at this time waits to be applied.
  void waiting_since(timestamp oldest);

  /// What people see of a view: why it is paused, and how much is parked. To be
  /// known before `found`, since whoever has waited for a position looks next.
  void show(const std::optional<std::string>& paused, std::size_t parked);

  /// Which builds there are, and how far the target is.
  void show_builds(const store::view_builds& builds, position target);

  /// Something was parked; to be seen as last_error.
  void note(const std::string& fault);
  void failed(const error& why);
  /// Whether the last failure may pass by itself: the store is away.
  [[nodiscard]] bool may_pass() const;
  /// It has failed too often: whoever is started next is to pause the view.
  void give_up(const std::string& why);
  [[nodiscard]] std::optional<std::string> gave_up() const;
  [[nodiscard]] std::string last_error() const;
  void pausing();
  void restarting();
  void stopped();

  [[nodiscard]] position checkpoint() const;
  /// How far it has come for good, whatever becomes of its worker now: where
  /// one that keeps its view in memory has been found.
  [[nodiscard]] position secured() const;
  /// Another one whenever what the view holds may have changed; nullopt before
  /// it exists.
  [[nodiscard]] std::optional<std::uint64_t> revision() const;
  [[nodiscard]] std::uint64_t restarts() const;

  /// Waits until the view exists and its checkpoint is at least there. False
  /// when the time is over, or the projection was stopped short of it; or, if
  /// that is asked for, is paused.
  [[nodiscard]] bool wait_for(position wanted,
                              std::chrono::milliseconds timeout,
                              bool unless_paused = false) const;

  /// Waits until something about the projection may have changed.
  void wait_for_news(std::chrono::milliseconds timeout) const;

  /// What to show, given where the log ends.
  [[nodiscard]] projection_status status(position head) const;

private:
  void enter(projection_phase next);
  void move();
  void add_rates(projection_status& shown) const;

  mutable std::mutex mutex_;
  mutable std::condition_variable moved_;
  projection_status known_;
  event_rate applied_;
  event_rate rebuilt_;
  std::optional<timestamp> waiting_since_;
  /// When it was first seen to be behind without having moved since.
  mutable std::optional<std::chrono::steady_clock::time_point> behind_since_;
  std::optional<std::string> gave_up_;
  bool may_pass_ = false;
  bool exists_ = false;
  bool in_memory_ = false;
  position found_at_;
  std::uint64_t revision_ = 0;
  std::shared_ptr<change_signal> signal_;
};

} // namespace cafes::actors
