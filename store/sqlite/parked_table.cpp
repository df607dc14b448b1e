// SPDX-License-Identifier: MIT
#include "store/sqlite/parked_table.hpp"

#include "store/parked_rows.hpp"
#include "store/sqlite/sql.hpp"

#include <cafes/limits.hpp>

namespace cafes::store::sqlite {

namespace {

expected<std::vector<parked_event>> parked_in(statement& rows) {
  std::vector<parked_event> found;
  while (rows.step()) {
    auto reason = parse_reason(rows.text(3));
    if (!reason)
      return failure_of(reason);
    auto wish = parse_wish(rows.text(7));
    if (!wish)
      return failure_of(wish);
    found.push_back(
      {position{rows.integer(0)}, rows.text(1), rows.integer(2) != 0, *reason,
       rows.text(4), rows.integer(5),
       timestamp{std::chrono::microseconds{rows.integer(6)}}, *wish});
  }
  return found;
}

} // namespace

expected<std::vector<parked_event>>
read_parked(database& db, const view_identity& view, position after,
            std::size_t limit) {
  auto rows = db.prepare(sql::read_parked);
  rows.bind(view.name, view.version, after.value(),
            static_cast<std::int64_t>(limit));
  return parked_in(rows);
}

expected<std::vector<parked_event>> read_wished(database& db,
                                                const view_identity& view) {
  auto rows = db.prepare(sql::read_wished);
  rows.bind(view.name, view.version,
            static_cast<std::int64_t>(limits::page_parked_max));
  return parked_in(rows);
}

bool write_parked(database& db, const view_identity& view,
                  const view_commit& page) {
  auto release = db.prepare(sql::release_parked);
  for (const auto& at : page.released) {
    release.bind(view.name, view.version, at.value()).run();
    if (db.changes() == 0)
      return false;
  }
  auto park = db.prepare(sql::park);
  for (const auto& event : page.parked) {
    const std::string reason{to_string(event.reason)};
    const std::string wish{to_string(event.wish)};
    park
      .bind(view.name, view.version, event.at.value(), event.key,
            std::int64_t{event.is_stream}, reason, event.message,
            event.attempts, event.parked_at.time_since_epoch().count(), wish)
      .run();
  }
  return true;
}

std::optional<view_state> find_state(database& db, const view_identity& view) {
  auto row = db.prepare(sql::view_state);
  if (!row.bind(view.name, view.version).step())
    return std::nullopt;
  view_state state{position{row.integer(0)}, std::nullopt, row.integer(3)};
  if (row.integer(1) != 0)
    state.paused = row.text(2);
  return state;
}

bool set_paused(database& db, const view_identity& view,
                const std::string* why) {
  db.prepare(sql::pause_view).bind(view.name, view.version, why).run();
  return db.changes() > 0;
}

} // namespace cafes::store::sqlite
