// SPDX-License-Identifier: MIT
#include "store/memory/view_operator.hpp"

#include "store/memory/view_session.hpp"
#include "store/page_limits.hpp"
#include "store/view_limits.hpp"

#include <cafes/limits.hpp>

namespace cafes::store::memory {

expected<memory_log::view*> view_operator::stored(const view_identity& view) {
  const auto found = log_->views.find({view.name, view.version});
  if (found == log_->views.end())
    return no_view(view);
  return &found->second;
}

expected<view_state> view_operator::state(const view_identity& view) {
  const std::lock_guard lock{log_->mutex};
  auto found = stored(view);
  if (!found)
    return failure_of(found);
  auto& stored = **found;
  view_state state;
  state.checkpoint = stored.live().checkpoint;
  state.paused = stored.live().paused;
  state.parked = static_cast<std::int64_t>(stored.live().parked.size());
  state.builds = stored.known;
  if (stored.known.target)
    state.target_checkpoint = stored.builds[*stored.known.target].checkpoint;
  return state;
}

expected<void> view_operator::pause(const view_identity& view,
                                    const std::string& why) {
  if (auto fits = check_pause(why); !fits)
    return fits;
  const std::lock_guard lock{log_->mutex};
  auto found = stored(view);
  if (!found)
    return failure_of(found);
  (*found)->live().paused = why;
  return {};
}

expected<void> view_operator::resume(const view_identity& view) {
  const std::lock_guard lock{log_->mutex};
  auto found = stored(view);
  if (!found)
    return failure_of(found);
  (*found)->live().paused.reset();
  return {};
}

expected<std::vector<parked_event>>
view_operator::parked(const view_identity& view, position after,
                      std::size_t limit) {
  if (auto fits = check_page(limit, limits::page_parked_max); !fits)
    return failure_of(fits);
  const std::lock_guard lock{log_->mutex};
  auto found = stored(view);
  if (!found)
    return failure_of(found);
  return parked_after((*found)->live(), after, limit);
}

expected<std::int64_t>
view_operator::wish(const view_identity& view,
                    const std::optional<std::string>& key, parked_wish wish) {
  const std::lock_guard lock{log_->mutex};
  auto found = stored(view);
  if (!found)
    return failure_of(found);
  std::int64_t wished = 0;
  for (auto& [at, event] : (*found)->live().parked)
    if (!key || event.key == *key) {
      event.wish = wish;
      ++wished;
    }
  return wished;
}

expected<view_builds> view_operator::change(const view_identity& view,
                                            build_change wanted) {
  const std::lock_guard lock{log_->mutex};
  auto found = stored(view);
  if (!found)
    return failure_of(found);
  auto& known = (*found)->known;
  auto after = changed(view, known, wanted);
  if (!after)
    return after;
  for (const int number : dropped(known, *after))
    (*found)->builds.erase(number);
  known = *after;
  if (known.target)
    (*found)->builds[*known.target];
  return known;
}

} // namespace cafes::store::memory
