// SPDX-License-Identifier: MIT
#include "store/sqlite/snapshot_writer.hpp"

#include "store/snapshot_limits.hpp"
#include "store/sqlite/sql.hpp"
#include "store/sqlite/synced_later.hpp"
#include "store/sqlite/transaction.hpp"

#include <cafes/timestamp.hpp>

namespace cafes::store::sqlite {

namespace {

expected<void> keep_batch(database& db, std::span<const kept_snapshot> batch) {
  const auto taken_at = now().time_since_epoch().count();
  const synced_later relaxed{db};
  transaction work{db, transaction::kind::write};
  auto keep = db.prepare(sql::keep_snapshot);
  for (const auto& [stream, taken] : batch) {
    const blob content{taken.content};
    keep
      .bind(stream.value(), taken.at_version.value(), taken.fingerprint,
            taken_at, content)
      .run();
  }
  work.commit();
  return {};
}

} // namespace

/// A turn for each batch: the log's writer, which waits for its own, does not
/// wait for more than one.
expected<void> snapshot_writer::keep(std::span<const kept_snapshot> some) {
  if (auto fits = check_snapshots(some); !fits)
    return fits;
  for (const auto batch : in_batches(some))
    if (auto kept
        = side_->use([&](database& db) { return keep_batch(db, batch); });
        !kept)
      return kept;
  return {};
}

} // namespace cafes::store::sqlite
