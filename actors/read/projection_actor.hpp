// SPDX-License-Identifier: MIT
#pragma once

#include "actors/messages.hpp"
#include "actors/read/projection_progress.hpp"
#include "store/log_store.hpp"

#include <cafes/detail/projection_type.hpp>

#include <caf/actor.hpp>
#include <caf/behavior.hpp>
#include <caf/group.hpp>
#include <caf/stateful_actor.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
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

/// Builds one view: pulls a page, folds it into documents, writes documents
/// and checkpoint in one transaction, pulls the next. On a thread of its own,
/// since it blocks.
///
/// Life: claiming → following; any failure ends it, its supervisor starts
/// another one, and the checkpoint says where to go on.
class projection_worker {
public:
  using actor_type = caf::stateful_actor<projection_worker>;

  explicit projection_worker(actor_type* self) : self_{self} {}

  caf::behavior start(std::shared_ptr<const projection_surroundings> around);

  const char* name = "projection";

private:
  // -- phases, in order of life
  // ------------------------------------------------

  /// Asks for the view until no other process builds it. See next: following.
  void claim();
  /// Reads the checkpoint that another process moves.
  [[nodiscard]] expected<position> watch() const;

  /// Pulls and applies. See previous: claim.
  void follow();
  void take(const page_read& read);
  [[nodiscard]] expected<void> apply(const log_page& page);
  [[nodiscard]] expected<std::vector<detail::keyed_document>>
  fold(const log_page& page);

  void fail(const std::string& why);

  actor_type* self_;
  std::shared_ptr<const projection_surroundings> around_;
  std::unique_ptr<store::view_writer> view_;
  bool claimed_ = false;
  position checkpoint_;
  bool pulling_ = false;
  /// A hint came while a page was under way: ask again even if it is empty.
  bool more_ = false;
};

[[nodiscard]] caf::behavior
projection_actor(projection_worker::actor_type* self,
                 std::shared_ptr<const projection_surroundings> around);

} // namespace cafes::actors
