// SPDX-License-Identifier: MIT
#include "store/view_builds.hpp"

#include <algorithm>
#include <utility>

namespace cafes::store {

namespace {

std::vector<int> numbers(const view_builds& builds) {
  std::vector<int> all{builds.live};
  for (const auto& other : {builds.target, builds.previous})
    if (other)
      all.push_back(*other);
  return all;
}

view_builds building(view_builds builds, int target, bool goes_back) {
  builds.target = target;
  builds.previous.reset();
  builds.is_building = true;
  builds.goes_back = goes_back;
  builds.stopped.clear();
  return builds;
}

} // namespace

expected<view_builds> changed(const view_identity& view, view_builds builds,
                              build_change wanted) {
  switch (wanted) {
    case build_change::rebuild:
      if (builds.is_building && builds.goes_back)
        return failure(errc::invalid_argument,
                       "view " + view.name
                         + " is being rolled back: wait for it, or cancel it");
      return building(builds, builds.target ? *builds.target : ++builds.last,
                      false);
    case build_change::rebuild_anew:
      return building(builds, ++builds.last, false);
    case build_change::cancel:
      if (!builds.target)
        return failure(errc::invalid_argument,
                       "no rebuild of view " + view.name + " is under way");
      return builds.is_building ? stopped(builds, "it was cancelled") : builds;
    case build_change::roll_back:
      if (builds.is_building && builds.goes_back)
        return builds;
      if (builds.is_building)
        return failure(errc::invalid_argument,
                       "view " + view.name
                         + " is being rebuilt: cancel that first");
      if (!builds.previous)
        return failure(errc::invalid_argument,
                       "view " + view.name
                         + " has no earlier build to go back to");
      return building(builds, *builds.previous, true);
  }
  return builds;
}

/// One that was live before can be gone back to again.
view_builds stopped(view_builds builds, const std::string& why) {
  if (builds.goes_back)
    builds.previous = std::exchange(builds.target, std::nullopt);
  builds.is_building = builds.goes_back = false;
  builds.stopped = why;
  return builds;
}

view_builds handed_over(view_builds builds) {
  builds.previous = builds.live;
  builds.live = *std::exchange(builds.target, std::nullopt);
  builds.is_building = builds.goes_back = false;
  return builds;
}

std::vector<int> dropped(const view_builds& before, const view_builds& after) {
  const auto kept = numbers(after);
  auto gone = numbers(before);
  std::erase_if(gone, [&](int number) {
    return std::find(kept.begin(), kept.end(), number) != kept.end();
  });
  return gone;
}

unexpected<error> not_to_go_live(const view_identity& target, position at) {
  return failure(errc::not_owner,
                 label_of(target) + " cannot go live at position "
                   + std::to_string(at.value())
                   + ": it is not wanted any more, or another process works "
                     "on this view");
}

view_identity with_build(view_identity view, int build) {
  view.build = build;
  return view;
}

} // namespace cafes::store
