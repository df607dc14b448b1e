// SPDX-License-Identifier: MIT
#include "store/sqlite/transaction.hpp"

#include "store/sqlite/sqlite_error.hpp"

namespace cafes::store::sqlite {

transaction::transaction(database& in, kind wanted) : in_{in} {
  in_.prepare(wanted == kind::read ? "BEGIN DEFERRED" : "BEGIN IMMEDIATE")
    .run();
}

transaction::~transaction() {
  // SQLite rolls some failures back by itself.
  if (!in_.in_transaction())
    return;
  try {
    in_.prepare("ROLLBACK").run();
  } catch (const sqlite_error&) {
    in_.abandon();
  }
}

void transaction::commit() {
  in_.prepare("COMMIT").run();
}

} // namespace cafes::store::sqlite
