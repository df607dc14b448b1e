// SPDX-License-Identifier: MIT
#pragma once

#include "store/sqlite/database.hpp"
#include "store/view_session.hpp"

#include <cafes/expected.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace cafes::store::sqlite {

/// A statement with {view} replaced by the build's table, whose name needs no
/// quotes. The identity must have been checked.
[[nodiscard]] std::string for_view(std::string_view sql,
                                   const view_identity& view);

struct stored_view {
  position checkpoint;
  std::string shape;
  std::optional<std::string> paused;
};

/// A build; nullopt for one that is not there. Throws sqlite_error.
[[nodiscard]] std::optional<stored_view> find_view(database& db,
                                                   const view_identity& view);

} // namespace cafes::store::sqlite
