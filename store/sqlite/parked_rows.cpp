// SPDX-License-Identifier: MIT
#include "store/sqlite/parked_rows.hpp"

#include "store/parked_words.hpp"
#include "store/sqlite/event_rows.hpp"
#include "store/sqlite/sql.hpp"

#include <utility>

namespace cafes::store::sqlite {

namespace {

expected<parked_event> event_in_row(const statement& row) {
  const auto reason = parking_reason_in(row.text(3));
  if (!reason)
    return unexpected<error>{reason.error()};
  const auto wish = parked_wish_in(row.text(7));
  if (!wish)
    return unexpected<error>{wish.error()};
  return parked_event{position{row.integer(0)},
                      row.text(1),
                      row.integer(2) != 0,
                      *reason,
                      row.text(4),
                      row.integer(5),
                      timestamp_of(row.integer(6)),
                      *wish};
}

} // namespace

expected<std::vector<parked_event>> parked_in(statement& rows) {
  std::vector<parked_event> found;
  while (rows.step()) {
    auto event = event_in_row(rows);
    if (!event)
      return failure_of(event);
    found.push_back(*std::move(event));
  }
  return found;
}

expected<std::vector<parked_event>>
list_parked(database& db, const view_identity& view, position after,
            std::size_t limit) {
  const auto name = row_name(view);
  auto rows = db.prepare(sql::list_parked);
  rows.bind(name, view.version, after.value(),
            static_cast<std::int64_t>(limit));
  return parked_in(rows);
}

void park(database& db, const view_identity& view, const parked_event& event) {
  const auto name = row_name(view);
  const std::string reason{to_string(event.reason)};
  db.prepare(sql::park_event)
    .bind(name, view.version, event.at.value(), event.key,
          event.is_stream ? 1 : 0, reason, event.message, event.attempts,
          event.parked_at.time_since_epoch().count())
    .run();
}

bool release(database& db, const view_identity& view, position at) {
  const auto name = row_name(view);
  db.prepare(sql::release_event).bind(name, view.version, at.value()).run();
  return db.changes() == 1;
}

expected<void> set_paused(database& db, const view_identity& view,
                          const std::string* why) {
  const auto name = row_name(view);
  db.prepare(sql::set_paused).bind(name, view.version, why).run();
  if (db.changes() == 0)
    return no_view(view);
  return {};
}

} // namespace cafes::store::sqlite
