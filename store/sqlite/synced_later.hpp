// SPDX-License-Identifier: MIT
#pragma once

#include "store/sqlite/database.hpp"
#include "store/sqlite/sql.hpp"
#include "store/sqlite/sqlite_error.hpp"

namespace cafes::store::sqlite {

/// Spares commits within its scope their sync, which the next commit of the
/// log makes up for. The WAL keeps the order of commits: a power failure can
/// take a view, or a snapshot, back to an earlier one, but never leaves it with
/// events that the log has lost.
/// To be declared before the transaction: within one nothing can be changed.
class synced_later {
public:
  explicit synced_later(database& db) : db_{db} { db_.run(sql::sync_later); }
  synced_later(const synced_later&) = delete;
  synced_later& operator=(const synced_later&) = delete;

  ~synced_later() {
    try {
      db_.run(sql::sync_at_commit);
    } catch (const sqlite_error&) {
      db_.abandon();
    }
  }

private:
  database& db_;
};

} // namespace cafes::store::sqlite
