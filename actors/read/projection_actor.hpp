// SPDX-License-Identifier: MIT
#pragma once

#include "actors/messages.hpp"
#include "actors/read/projection_progress.hpp"
#include "actors/read/view_builder.hpp"
#include "store/log_store.hpp"

#include <cafes/detail/projection_type.hpp>

#include <caf/actor.hpp>
#include <caf/behavior.hpp>
#include <caf/group.hpp>
#include <caf/stateful_actor.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace cafes::actors {

struct projection_surroundings {
  detail::projection_type type;
  std::shared_ptr<store::log_store> store;
  caf::actor feed;
  caf::group hints;
  std::shared_ptr<projection_progress> progress;
  std::size_t page_events_max = 0;
  std::chrono::milliseconds poll_interval{0};
};

/// Drives the building of one view: pulls a page, has it applied, pulls the
/// next, and looks for its operators' wishes in between. On a thread of its
/// own, since it blocks.
///
/// Life: claiming → following, or paused; any failure ends it, its supervisor
/// starts another one, and the checkpoint says where to go on.
class projection_worker {
public:
  using actor_type = caf::stateful_actor<projection_worker>;

  explicit projection_worker(actor_type* self) : self_{self} {}

  caf::behavior start(std::shared_ptr<const projection_surroundings> around);

  const char* name = "projection";

private:
  // -- phases, in order of life -----------------------------------------------

  /// Asks for the view until no other process builds it. See next: following.
  void claim();
  /// Looks at the view that another process builds.
  void watch();

  /// Pulls and applies. See previous: claim.
  void follow();
  void take(const page_read& read);

  /// Does what its operators have asked for, also while it is paused.
  void obey();
  void show();

  void fail(const error& why);

  actor_type* self_;
  std::shared_ptr<const projection_surroundings> around_;
  std::unique_ptr<view_builder> view_;
  std::unique_ptr<store::view_operator> elsewhere_;
  bool claimed_ = false;
  bool pulling_ = false;
  /// A hint came while a page was under way: ask again even if it is empty.
  bool more_ = false;
};

[[nodiscard]] caf::behavior
projection_actor(projection_worker::actor_type* self,
                 std::shared_ptr<const projection_surroundings> around);

} // namespace cafes::actors
