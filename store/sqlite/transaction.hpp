// SPDX-License-Identifier: MIT
#pragma once

#include "store/sqlite/database.hpp"

namespace cafes::store::sqlite {

/// A transaction, rolled back at the end of its scope unless committed.
/// A roll-back that fails leaves the database unusable.
class transaction {
public:
  enum class kind {
    /// Sees one moment.
    read,
    /// Takes the write lock at once, so that it cannot fail half way for it.
    write,
  };

  transaction(database& in, kind wanted);
  transaction(const transaction&) = delete;
  transaction& operator=(const transaction&) = delete;
  ~transaction();

  /// Throws sqlite_error: whether it was committed is then known only for
  /// SQLITE_FULL (it was not).
  void commit();

private:
  database& in_;
};

} // namespace cafes::store::sqlite
