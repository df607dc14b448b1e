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
};

/// "there is no view balances v1"
[[nodiscard]] unexpected<error> no_view(const view_identity& view);

/// Checks name and version: they become part of a table's name.
/// Errors: invalid_argument.
[[nodiscard]] expected<void> check_view(const view_identity& view);

} // namespace cafes::store
