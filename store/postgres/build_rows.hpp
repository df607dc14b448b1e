// SPDX-License-Identifier: MIT
#pragma once

#include "store/postgres/sql.hpp"
#include "store/view_builds.hpp"

#include <pqxx/result>
#include <pqxx/row>
#include <pqxx/transaction_base>

#include <optional>
#include <string>
#include <vector>

// The builds of a view as rows and tables. All throw what libpqxx throws.

namespace cafes::store::postgres {

/// For the sessions that use what follows.
[[nodiscard]] std::vector<sql::embedded> build_statements();

/// A row of find_builds.sql, or one that begins with its first seven columns.
[[nodiscard]] view_builds builds_in(const pqxx::row& row);

/// The eighth column of find_builds.sql.
[[nodiscard]] position target_checkpoint_in(const pqxx::row& row);

/// The builds, locked until the transaction ends; nullopt for a view that
/// nobody has created.
[[nodiscard]] std::optional<view_builds> lock_builds(pqxx::transaction_base& in,
                                                     const view_identity& view);

void write_builds(pqxx::transaction_base& in, const view_identity& view,
                  const view_builds& builds);

/// Makes the build that the identity names, empty. The builds are locked.
void create_build(pqxx::transaction_base& in, const view_identity& view,
                  const std::string& payload);

/// Removes it with its documents, its checkpoint, and what it has parked. The
/// table goes first, as a commit of its worker locks it first.
void drop_build(pqxx::transaction_base& in, const view_identity& view);

} // namespace cafes::store::postgres
