// SPDX-License-Identifier: MIT
#pragma once

#include "actors/messages.hpp"
#include "actors/read/limited_thread.hpp"
#include "actors/read/parked_keys.hpp"
#include "store/view_session.hpp"

#include <cafes/detail/projection_type.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <vector>

namespace cafes::actors {

/// Events that are applied together; they live as long as this does.
struct event_span {
  std::vector<committed_batch> batches;
  std::vector<const recorded_event*> events;
};

/// What events come to: documents, and what has to be set aside.
struct folded_page {
  std::vector<detail::keyed_document> changed;
  /// Those at fault first.
  std::vector<parked_event> parked;
  /// More failed than may, so the rest was not tried: nothing is changed, and
  /// `parked` is not empty. Not to be stored.
  bool is_given_up = false;
};

/// Folds events into documents, around those that cannot be applied: what
/// fails is tried once more, then set aside with the later ones of its key, and
/// the rest is folded without it. The user's functions run on another thread,
/// within a time. Thread: one at a time; blocks.
class page_attempt {
public:
  /// More threads that never come back are no accident.
  static constexpr std::size_t threads_left_max = 4;

  using load_documents
    = std::function<expected<std::vector<detail::keyed_document>>(
      std::span<const std::string>)>;

  page_attempt(const detail::projection_type& type, limited_thread& thread,
               load_documents load, std::shared_ptr<const parked_keys> before,
               std::size_t failed_max);

  /// Errors: those of the store.
  [[nodiscard]] expected<folded_page> run(const event_span& page);

private:
  struct job;

  [[nodiscard]] expected<std::optional<detail::fold_failure>>
  fold(const std::shared_ptr<job>& work);
  [[nodiscard]] std::optional<detail::fold_failure>
  limited(const std::shared_ptr<job>& work, bool has_read,
          std::function<void()> step);
  void set_aside(const detail::fold_failure& failed);
  [[nodiscard]] bool must_give_up() const;
  [[nodiscard]] std::vector<parked_event> failed_events() const;

  const detail::projection_type& type_;
  limited_thread& thread_;
  load_documents load_;
  /// Parked before and by this attempt: what is behind these is parked too.
  std::shared_ptr<const parked_keys> blocked_;
  std::map<position, parked_event> failed_;
  std::size_t failed_max_;
  std::set<position> tried_;
};

} // namespace cafes::actors
