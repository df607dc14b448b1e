// SPDX-License-Identifier: MIT
#pragma once

#include "actors/messages.hpp"
#include "actors/read/document_cache.hpp"
#include "actors/read/limited_thread.hpp"
#include "actors/read/memory_view.hpp"
#include "actors/read/page_attempt.hpp"
#include "actors/read/parked_keys.hpp"
#include "actors/read/stride.hpp"
#include "store/log_store.hpp"

#include <cafes/detail/projection_type.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cafes::actors {

/// Makes one build of a view: folds pages into it, sets aside what cannot be
/// applied, and does what its operators ask for. No actor; blocks.
///
/// Life: `claim` until it gives a checkpoint, `obey`, then `apply` and `obey`.
/// A target begins with `apply`, and is as the others after `go_live`. After an
/// error it is of no more use. Thread: one at a time.
class view_builder {
public:
  /// A view in memory is shown by `memory`.
  view_builder(const detail::projection_type& type,
               std::shared_ptr<store::log_store> store,
               std::shared_ptr<memory_view> memory
               = std::make_shared<memory_view>());

  /// As store::view_writer::claim.
  [[nodiscard]] expected<std::optional<position>> claim();

  /// The builder of the build that is to replace this one, as people want it;
  /// nullptr if they want none. Errors: those of the store.
  [[nodiscard]] expected<std::unique_ptr<view_builder>> open_target();

  /// As store::view_writer::stop_target.
  [[nodiscard]] expected<void> stop_target(int number, const std::string& why);

  /// As store::view_writer::go_live, from the checkpoint.
  [[nodiscard]] expected<void> go_live();

  /// Applies the events after the checkpoint. Pauses where the projection's
  /// options say so: then the checkpoint has not come as far as the page.
  /// Errors: those of the store, and corrupt (the page does not follow).
  [[nodiscard]] expected<void> apply(const log_page& page);

  /// How many pages' worth of events the next page may have.
  [[nodiscard]] std::size_t pages_at_once() const;

  /// Looks for what people have asked for, and does it: pausing and going on,
  /// applying parked events again, dropping them.
  [[nodiscard]] expected<void> obey();

  /// Pauses: people see why, and have to resume it. A target is not made any
  /// more, and kept.
  [[nodiscard]] expected<void> pause(const std::string& why);

  [[nodiscard]] position checkpoint() const { return checkpoint_; }
  [[nodiscard]] const std::optional<std::string>& paused() const {
    return paused_;
  }
  [[nodiscard]] std::size_t parked() const { return parked_->size(); }

  /// Which builds there were when it last obeyed, and how far the target was.
  [[nodiscard]] const store::view_builds& builds() const { return builds_; }
  [[nodiscard]] position target_checkpoint() const {
    return target_checkpoint_;
  }
  /// The number of a target.
  [[nodiscard]] int number() const { return number_; }

  /// What was parked last for its own fault, and why; empty so far.
  [[nodiscard]] const std::string& last_fault() const { return last_fault_; }

private:
  view_builder(const view_builder& live, store::target_build target);

  /// The store has looked at the documents and does not take them; anything
  /// else is about the store.
  [[nodiscard]] static bool is_about_content(const error& why) {
    return why.code == errc::invalid_argument
           || why.code == errc::limit_exceeded;
  }

  [[nodiscard]] expected<void> open();
  [[nodiscard]] expected<void> know_parked();
  [[nodiscard]] expected<folded_page>
  fold(const event_span& events, std::shared_ptr<const parked_keys> before,
       std::size_t parked_max);
  [[nodiscard]] std::size_t may_park() const;
  [[nodiscard]] expected<void> apply(const event_span& events);
  [[nodiscard]] expected<void> apply_page_by_page(const event_span& events);
  [[nodiscard]] expected<void> store_page(const event_span& events,
                                          const folded_page& folded);
  [[nodiscard]] expected<void> apply_in_halves(const event_span& events,
                                               const folded_page& folded,
                                               const error& why);
  [[nodiscard]] std::optional<std::string>
  reason_to_pause(const std::vector<parked_event>& more) const;
  [[nodiscard]] expected<void> try_again(const parked_event& first);
  [[nodiscard]] expected<void> park_again(std::vector<parked_event> waiting,
                                          parking_reason reason,
                                          const std::string& why);
  [[nodiscard]] expected<void> give_up(std::vector<parked_event> waiting,
                                       const folded_page& folded);
  [[nodiscard]] expected<event_span>
  read_again(std::span<const parked_event> waiting);
  [[nodiscard]] expected<void> commit(const store::view_commit& page);

  const detail::projection_type& type_;
  std::shared_ptr<store::log_store> store_;
  std::shared_ptr<memory_view> memory_;
  std::unique_ptr<store::view_writer> view_;
  std::unique_ptr<store::log_reader> reader_;
  /// Good as long as nobody else writes the view: while it is claimed, and no
  /// commit has failed.
  document_cache cache_;
  stride stride_;
  limited_thread thread_;
  position checkpoint_;
  store::view_builds builds_;
  position target_checkpoint_;
  int number_ = 0;
  std::optional<std::string> paused_;
  std::string last_fault_;
  /// Shared with threads that were left to themselves, hence never changed.
  std::shared_ptr<const parked_keys> parked_
    = std::make_shared<const parked_keys>();
};

} // namespace cafes::actors
