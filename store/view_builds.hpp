// SPDX-License-Identifier: MIT
#pragma once

#include "store/view_identity.hpp"

#include <cafes/expected.hpp>
#include <cafes/position.hpp>

#include <optional>
#include <string>
#include <vector>

namespace cafes::store {

/// Which builds of a view there are. Each has documents, a checkpoint and
/// parked events of its own; one is live: the one that is queried.
struct view_builds {
  int live = 1;
  /// The last number that was given to a build.
  int last = 1;
  /// The one that is to go live when it has come as far.
  std::optional<int> target;
  /// The one that was live before: what a roll back goes to.
  std::optional<int> previous;
  /// The target is being made, not only kept to be gone on with.
  bool is_building = false;
  /// The target was live before.
  bool goes_back = false;
  /// Why the last rebuild or roll back stopped short; empty if it did not.
  std::string stopped;

  bool operator==(const view_builds&) const = default;
};

/// What people ask of the builds of a view. Asked twice is asked once, but for
/// `rebuild_anew`.
enum class build_change {
  /// Goes on with a target that is kept, or begins one. What was live before
  /// is given up for it.
  rebuild,
  /// Begins a target, also where one is kept or being made.
  rebuild_anew,
  /// Keeps the target as it is.
  cancel,
  /// Makes what was live before the target.
  roll_back,
};

/// The builds after a change. Errors: invalid_argument (there is no rebuild to
/// cancel, no build to go back to, or a rebuild in the way).
[[nodiscard]] expected<view_builds>
changed(const view_identity& view, view_builds builds, build_change wanted);

/// After the target was given up for now; `why` is shown to people.
[[nodiscard]] view_builds stopped(view_builds builds, const std::string& why);

/// After the target went live.
[[nodiscard]] view_builds handed_over(view_builds builds);

/// The builds that are there before a change and not after it.
[[nodiscard]] std::vector<int> dropped(const view_builds& before,
                                       const view_builds& after);

/// That a target may not go live. Errors: not_owner.
[[nodiscard]] unexpected<error> not_to_go_live(const view_identity& target,
                                               position at);

/// The view with another build.
[[nodiscard]] view_identity with_build(view_identity view, int build);

} // namespace cafes::store
