// SPDX-License-Identifier: MIT
#pragma once

#include "store/sqlite/database.hpp"
#include "store/view_builds.hpp"

#include <optional>

// The builds of a view as rows and tables; each is to be called within a
// transaction. All throw sqlite_error.

namespace cafes::store::sqlite {

/// nullopt for a view that was never created.
[[nodiscard]] std::optional<view_builds> find_builds(database& db,
                                                     const view_identity& view);

/// The view with its live build; nullopt as find_builds.
[[nodiscard]] std::optional<view_identity> find_live(database& db,
                                                     const view_identity& view);

/// 0 without a target, or before it is made.
[[nodiscard]] position target_checkpoint(database& db,
                                         const view_identity& view,
                                         const view_builds& builds);

/// Of a view that is there.
void write_builds(database& db, const view_identity& view,
                  const view_builds& builds);

/// Makes the build that the identity names, empty.
void create_build(database& db, const view_identity& view);

/// Removes it with its documents, its checkpoint, and what it has parked.
void drop_build(database& db, const view_identity& view);

} // namespace cafes::store::sqlite
