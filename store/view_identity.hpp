// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/detail/projection_type.hpp>
#include <cafes/expected.hpp>

#include <string>
#include <vector>

namespace cafes::store {

/// One version of one projection's view.
struct view_identity {
  /// `[a-z][a-z0-9_]*`, at most limits::projection_name_bytes_max.
  std::string name;
  /// From 1.
  int version = 1;
  /// The document's readable shape.
  std::string shape;
  /// Fields of the document that have an index.
  std::vector<std::string> indexed{};
  /// Which of its builds, from 1; see view_builds.
  int build = 1;
};

/// What the store knows a projection's view by.
[[nodiscard]] view_identity view_of(const detail::projection_type& type);

/// What a build is called where backends keep its checkpoint and what it has
/// parked: "balances", "balances$2".
[[nodiscard]] std::string row_name(const view_identity& view);

/// "balances v2", "balances v2 build 3": for people.
[[nodiscard]] std::string label_of(const view_identity& view);

/// "there is no view balances v1"
[[nodiscard]] unexpected<error> no_view(const view_identity& view);

/// Checks name and version, which become part of a table's name, and that the
/// indexed fields are in the shape, each once.
/// Errors: invalid_argument, limit_exceeded (too many of them).
[[nodiscard]] expected<void> check_view(const view_identity& view);

} // namespace cafes::store
