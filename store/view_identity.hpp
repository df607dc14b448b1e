// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/expected.hpp>

#include <string>

namespace cafes::store {

/// One version of one projection's view.
struct view_identity {
  /// `[a-z][a-z0-9_]*`, at most limits::projection_name_bytes_max.
  std::string name;
  /// From 1.
  int version = 1;
  /// The document's readable shape.
  std::string shape;
  /// Which of its builds, from 1; see view_builds.
  int build = 1;
};

/// What a build is called where backends keep its checkpoint and what it has
/// parked: "balances", "balances$2".
[[nodiscard]] std::string row_name(const view_identity& view);

/// "balances v2", "balances v2 build 3": for people.
[[nodiscard]] std::string label_of(const view_identity& view);

/// "there is no view balances v1"
[[nodiscard]] unexpected<error> no_view(const view_identity& view);

/// Checks name and version: they become part of a table's name.
/// Errors: invalid_argument.
[[nodiscard]] expected<void> check_view(const view_identity& view);

} // namespace cafes::store
