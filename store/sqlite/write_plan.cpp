// SPDX-License-Identifier: MIT
#include "store/sqlite/write_plan.hpp"

#include "store/sqlite/event_rows.hpp"
#include "store/sqlite/sql.hpp"
#include "store/sqlite/sqlite_error.hpp"
#include "store/sqlite/transaction.hpp"

#include <sqlite3.h>

namespace cafes::store::sqlite {

namespace {

/// How far a write had come when it failed.
enum class step { begin, streams, events, commit };

void insert_streams(database& db, const append_plan& plan) {
  auto insert = db.prepare(sql::insert_stream);
  for (const auto& [id, name] : plan.new_streams)
    insert.bind(id.value(), name->category, name->key).run();
}

void insert_events(database& db, const append_plan& plan) {
  const auto recorded_at = plan.recorded_at.time_since_epoch().count();
  auto insert = db.prepare(sql::insert_event);
  for (const auto& planned : plan.events) {
    const auto& event = *planned.event;
    const auto* metadata = event.metadata.empty() ? nullptr : &event.metadata;
    insert
      .bind(planned.at.value(), planned.stream.value(),
            planned.at_version.value(), event.type.value(), recorded_at,
            planned.from->command_id, planned.from->correlation_id,
            planned.from->causation_id, event.data, metadata)
      .run();
  }
}

/// The keys in the way are (position) of events, and all others: (category,
/// key) and the number of a stream, (stream, version) of events.
write_result key_taken(step at, int extended_code) {
  if (at == step::events && extended_code == SQLITE_CONSTRAINT_PRIMARYKEY)
    return written::position_taken{};
  return written::stream_conflict{};
}

/// Nothing is stored when the transaction was rolled back before its commit.
/// A commit that fails for want of room has not written its last page either;
/// one that fails otherwise may have, and only the sync is missing.
write_result outcome_of(database& db, step at, const sqlite_error& failed) {
  if (!db.usable())
    return written::lost{failed.why()};
  switch (failed.code()) {
    case SQLITE_FULL:
      return written::refused{failed.why()};
    case SQLITE_TOOBIG:
    case SQLITE_MISMATCH:
    case SQLITE_CONSTRAINT: {
      if (at != step::streams && at != step::events)
        break;
      const int code = failed.extended_code();
      if (code == SQLITE_CONSTRAINT_PRIMARYKEY
          || code == SQLITE_CONSTRAINT_UNIQUE)
        return key_taken(at, code);
      return written::refused{failed.why()};
    }
    default:
      break;
  }
  db.abandon();
  return written::lost{failed.why()};
}

} // namespace

write_result write_plan(database& db, const append_plan& plan) {
  auto at = step::begin;
  try {
    transaction work{db, transaction::kind::write};
    // Also refuses to leave a gap, which no key would notice.
    if (!plan.events.empty() && plan.events.front().at != read_head(db).next())
      return written::position_taken{};
    at = step::streams;
    insert_streams(db, plan);
    at = step::events;
    insert_events(db, plan);
    at = step::commit;
    work.commit();
    return written::stored{};
  } catch (const sqlite_error& failed) {
    return outcome_of(db, at, failed);
  }
}

} // namespace cafes::store::sqlite
