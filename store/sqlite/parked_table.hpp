// SPDX-License-Identifier: MIT
#pragma once

#include "store/sqlite/database.hpp"
#include "store/view_operator.hpp"
#include "store/view_session.hpp"

#include <cstddef>
#include <optional>
#include <vector>

// What is parked, and how a view stands. All throw sqlite_error.

namespace cafes::store::sqlite {

[[nodiscard]] expected<std::vector<parked_event>>
read_parked(database& db, const view_identity& view, position after,
            std::size_t limit);

/// The first limits::page_parked_max of them.
[[nodiscard]] expected<std::vector<parked_event>>
read_wished(database& db, const view_identity& view);

/// Within a transaction of the caller. False when a released one is not there.
[[nodiscard]] bool write_parked(database& db, const view_identity& view,
                                const view_commit& page);

/// nullopt for a view that was never created.
[[nodiscard]] std::optional<view_state> find_state(database& db,
                                                   const view_identity& view);

/// Null goes on. False when there is no such view.
[[nodiscard]] bool set_paused(database& db, const view_identity& view,
                              const std::string* why);

} // namespace cafes::store::sqlite
