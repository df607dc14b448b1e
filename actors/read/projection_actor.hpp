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
  std::shared_ptr<memory_view> memory = std::make_shared<memory_view>();
  std::size_t page_events_max = 0;
  std::chrono::milliseconds poll_interval{0};
};

/// Drives the making of one view: pulls a page, has it applied, pulls the
/// next, and looks for its operators' wishes in between. On a thread of its
/// own, since it blocks.
///
/// Life: claiming → following, or paused; any failure ends it, its supervisor
/// starts another one, and the checkpoint says where to go on.
///
/// A build that is to replace the live one is made in between, a page by
/// turns, up to where the live one is: so they meet at one position, between
/// two pages of the live one, and there the new one goes live. What fails in it
/// ends its making, and nothing else.
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

  /// Pulls and applies, for the build whose turn it is. See previous: claim.
  void follow();
  [[nodiscard]] view_builder* whose_turn();
  void take(const page_read& read);
  void apply(const log_page& page);

  // -- the build that is to replace the live one ------------------------------

  void look_for_target();
  void apply_to_target(const log_page& page);
  /// It goes live if it is where the live one is.
  void meet();
  /// Tried again at the next look, as often as may help; then it is not made
  /// any more.
  void give_up_target(int number, const error& why);

  /// Does what its operators have asked for, also while it is paused.
  void obey();
  void go_on();
  void show();

  void fail(const error& why);

  actor_type* self_;
  std::shared_ptr<const projection_surroundings> around_;
  std::unique_ptr<view_builder> view_;
  std::unique_ptr<view_builder> target_;
  std::unique_ptr<store::view_operator> elsewhere_;
  bool claimed_ = false;
  /// There may be events after the checkpoint of the live build.
  bool more_ = false;
  /// For whom a page is under way: 0 for the live build, or a target.
  std::optional<int> pulling_for_;
  bool target_is_next_ = false;
  /// Until the next look.
  bool target_rests_ = false;
  /// In a row and without progress.
  int target_failures_ = 0;
};

[[nodiscard]] caf::behavior
projection_actor(projection_worker::actor_type* self,
                 std::shared_ptr<const projection_surroundings> around);

} // namespace cafes::actors
