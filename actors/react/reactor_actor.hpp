// SPDX-License-Identifier: MIT
#pragma once

#include "actors/react/key_reading.hpp"
#include "actors/react/reaction_window.hpp"
#include "actors/react/reactor_cursor.hpp"
#include "actors/react/reactor_messages.hpp"
#include "actors/read/projection_progress.hpp"
#include "store/log_store.hpp"

#include <caf/actor.hpp>
#include <caf/behavior.hpp>
#include <caf/group.hpp>
#include <caf/stateful_actor.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace cafes::actors {

struct reactor_surroundings {
  detail::reactor_type type;
  std::shared_ptr<store::log_store> store;
  caf::actor feed;
  caf::group hints;
  std::shared_ptr<projection_progress> progress;
  std::size_t page_events_max = 0;
  std::chrono::milliseconds poll_interval{0};
  /// Where the log ended when this process took it.
  position end;
  /// False where it only looks at how the reactor stands.
  bool is_to_react = true;
  /// Starts a reaction_runner, linked to its parent.
  std::function<caf::actor(caf::event_based_actor* parent)> start_runner;
};

/// Drives one reactor: pulls events, has them reacted to by its runners, stores
/// how far it is, and looks for its operators' wishes in between. On a thread
/// of its own, since it blocks on the store.
///
/// Life: claiming → reacting, or paused → ending, which waits for the reactions
/// under way. Any failure ends it, its supervisor starts another one, and the
/// cursor says where to go on.
class reactor_worker {
public:
  using actor_type = caf::stateful_actor<reactor_worker>;

  explicit reactor_worker(actor_type* self)
    : self_{self}, chance_{std::random_device{}()} {}

  caf::behavior start(std::shared_ptr<const reactor_surroundings> around);

  const char* name = "reactor";

private:
  // -- phases, in order of life -----------------------------------------------

  /// Asks for the reactor until no other process runs it. See next: reacting.
  void claim();
  /// Looks at the reactor that another process runs.
  void watch();

  /// Starts reactions, and pulls events for more. See previous: claim.
  void go_on();
  [[nodiscard]] bool open();
  void start_reactions();
  void wake_at(reaction_window::time_point due);
  void pull_events();
  void take(const page_read& read);
  void take_back(const reacted& ended);
  void store_soon();
  void store();

  /// Does what its operators have asked for. See next: ending.
  void obey();
  void try_again(const parked_event& first);
  void pause(const std::string& why);
  [[nodiscard]] reaction_window::reason lost_too_many() const;
  void show();
  void show_waiting();

  void fail(const error& why);
  void end(caf::error why);
  void lose_runner();
  void leave();

  actor_type* self_;
  std::shared_ptr<const reactor_surroundings> around_;
  std::mt19937 chance_;
  std::unique_ptr<reactor_cursor> cursor_;
  std::unique_ptr<store::view_operator> elsewhere_;
  std::optional<key_reading> keys_;
  std::shared_ptr<detail::reactor_handlers> handlers_;
  /// There is one once it is claimed.
  std::optional<reaction_window> window_;
  std::optional<std::string> paused_;
  std::vector<caf::actor> runners_;
  std::vector<std::size_t> idle_;
  /// Threads of runners that did not come back.
  std::size_t lost_ = 0;
  bool pulling_ = false;
  /// A hint came while a page was under way: ask again even if it is empty.
  bool more_ = false;
  bool storing_ = false;
  std::optional<reaction_window::time_point> wake_;
  std::optional<caf::error> ending_;
  bool has_failed_ = false;
  bool has_left_ = false;
};

[[nodiscard]] caf::behavior
reactor_actor(reactor_worker::actor_type* self,
              std::shared_ptr<const reactor_surroundings> around);

} // namespace cafes::actors
