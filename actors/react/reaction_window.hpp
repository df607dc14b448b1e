// SPDX-License-Identifier: MIT
#pragma once

#include "actors/read/parked_keys.hpp"
#include "actors/restart_policy.hpp"

#include <cafes/detail/reactor_type.hpp>
#include <cafes/limits.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace cafes::actors {

/// The events between a reactor's cursor and the end of what it has read, and
/// the parked ones that are tried again: who is next, and how far the cursor
/// may go.
///
/// Events of one key stand in a lane: one at a time, in order. One that fails
/// waits at the head of its lane and holds up no other. The cursor may go to
/// the end of what is finished without a hole: reacted to, left out, or parked.
///
/// Pure: no clock, no store, no thread of its own. Thread: one at a time.
class reaction_window {
public:
  using time_point = std::chrono::steady_clock::time_point;
  using read_event = detail::reactor_handlers::read_event;
  using failure = detail::reaction_failure;
  using event_ptr = std::shared_ptr<const recorded_event>;
  /// Why the reactor has to pause.
  using reason = std::optional<std::string>;

  struct rules {
    /// Events of interest after the cursor: what a crash repeats at most.
    std::size_t events_max = limits::page_events_max;
    /// Of the data of those that are not finished; the last page may exceed it.
    std::size_t bytes_max = 16 * 1024 * 1024;
    int attempts_max = 10;
    /// At most limits::page_parked_max.
    std::size_t parked_max = limits::page_parked_max;
    bool strict = false;
    restart_pauses pauses;
  };

  /// `parked` is what the store holds as parked.
  reaction_window(const rules& by, position cursor, parked_keys parked);

  // -- filling it -------------------------------------------------------------

  /// So many events may be read after `end`; 0 when it is full.
  [[nodiscard]] std::size_t room() const;
  [[nodiscard]] position end() const { return end_; }

  /// Takes the event after `end`, as it was read. It is not taken when there is
  /// a reason to pause.
  [[nodiscard]] reason add(const recorded_event& event, const read_event& read);

  // -- reacting ---------------------------------------------------------------

  struct order {
    event_ptr event;
    /// From 1.
    int attempt = 0;
  };

  /// The oldest event that may be reacted to now; it is under way then.
  [[nodiscard]] std::optional<order> next(time_point now);

  /// When an event may be tried again, unless it may be now.
  [[nodiscard]] std::optional<time_point> next_due() const;

  [[nodiscard]] std::size_t under_way() const { return under_way_; }

  void done(position at);

  /// It is tried again later, or parked with those behind it. `chance` is for
  /// the jitter.
  [[nodiscard]] reason failed(position at, const failure& what, time_point now,
                              std::uint32_t chance);

  /// After a pause. Gives why it has to pause again, before anything is tried.
  [[nodiscard]] reason resume();

  // -- what people wish -------------------------------------------------------

  struct again {
    parked_event was;
    event_ptr event;
    read_event read;
  };

  /// All that are parked with one key, in order.
  [[nodiscard]] std::vector<parked_event> parked_of(const std::string& key,
                                                    bool is_stream) const {
    return parked_.of(key, is_stream);
  }

  /// Has all that parked_of gave tried again, once each. With `drop` those
  /// that failed are forgotten, not those behind them.
  void try_again(const std::vector<again>& waiting, parked_wish wish);

  /// Events that are parked, or tried again and still so in the store.
  [[nodiscard]] std::size_t parked() const { return parked_.size() + again_; }

  // -- the cursor -------------------------------------------------------------

  struct advance {
    position from;
    position to;
    std::vector<parked_event> parked;
    std::vector<position> released;
  };

  [[nodiscard]] position cursor() const { return cursor_; }

  /// What is to be stored now.
  [[nodiscard]] std::optional<advance> to_store() const;

  /// It is stored, and nothing has happened since to_store.
  void stored(const advance& moved);

  /// When the oldest event after the cursor was recorded that is not finished.
  [[nodiscard]] std::optional<timestamp> waiting_since() const;

private:
  struct entry {
    event_ptr event;
    std::string key;
    int attempts = 0;
    int attempts_max = 0;
    /// The beginning of time when it was not tried yet.
    time_point due = time_point::min();
    /// As the store holds it, where it is tried again.
    std::optional<parked_event> before{};
  };

  struct lane {
    std::set<position> events;
    bool is_busy = false;
    /// Its head, as it stands in ready_ or pausing_.
    std::optional<std::pair<time_point, position>> offered;
  };

  void insert(entry taken);
  entry remove(position at);
  void offer(const std::string& key);

  [[nodiscard]] std::optional<parked_event>
  held_back(const recorded_event& event, const read_event& read) const;
  [[nodiscard]] reason give_up(position at, const failure& what);
  [[nodiscard]] reason must_pause(std::size_t more,
                                  const parked_event& first) const;
  [[nodiscard]] static parked_event parked_again(const entry& one);
  void park(parked_event event);
  /// Parks an entry of a lane behind another one.
  void park_behind(position at);

  const rules rules_;
  position cursor_;
  position end_;
  /// All that are not finished.
  std::map<position, entry> entries_;
  std::map<std::string, lane> lanes_;
  std::set<position> ready_;
  std::set<std::pair<time_point, position>> pausing_;
  /// Those after the cursor that are of interest, finished or not.
  std::deque<position> of_interest_;
  std::size_t bytes_ = 0;
  std::size_t under_way_ = 0;
  /// Entries that the store holds as parked.
  std::size_t again_ = 0;

  parked_keys parked_;
  std::map<position, parked_event> to_park_;
  std::vector<position> to_release_;
};

} // namespace cafes::actors
