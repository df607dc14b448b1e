// SPDX-License-Identifier: MIT
#include "store/sqlite/build_rows.hpp"

#include "store/sqlite/sql.hpp"
#include "store/sqlite/view_table.hpp"

namespace cafes::store::sqlite {

namespace {

std::optional<int> number_in(const statement& row, int column) {
  if (row.is_null(column))
    return std::nullopt;
  return static_cast<int>(row.integer(column));
}

} // namespace

std::optional<view_builds> find_builds(database& db,
                                       const view_identity& view) {
  auto row = db.prepare(sql::find_builds);
  if (!row.bind(view.name, view.version).step())
    return std::nullopt;
  view_builds found;
  found.live = static_cast<int>(row.integer(0));
  found.last = static_cast<int>(row.integer(1));
  found.target = number_in(row, 2);
  found.previous = number_in(row, 3);
  found.is_building = row.integer(4) != 0;
  found.goes_back = row.integer(5) != 0;
  found.stopped = row.text(6);
  return found;
}

std::optional<view_identity> find_live(database& db,
                                       const view_identity& view) {
  const auto builds = find_builds(db, view);
  if (!builds)
    return std::nullopt;
  return with_build(view, builds->live);
}

position target_checkpoint(database& db, const view_identity& view,
                           const view_builds& builds) {
  if (!builds.target)
    return {};
  const auto made = find_view(db, with_build(view, *builds.target));
  return made ? made->checkpoint : position{};
}

void write_builds(database& db, const view_identity& view,
                  const view_builds& builds) {
  db.prepare(sql::change_builds)
    .bind(view.name, view.version, builds.live, builds.last,
          builds.target.value_or(0), builds.previous.value_or(0),
          builds.is_building ? 1 : 0, builds.goes_back ? 1 : 0, builds.stopped)
    .run();
}

void create_build(database& db, const view_identity& view) {
  const auto row = row_name(view);
  db.prepare(for_view(sql::create_view, view)).run();
  db.prepare(sql::insert_checkpoint).bind(row, view.version, view.shape).run();
}

void drop_build(database& db, const view_identity& view) {
  const auto row = row_name(view);
  db.prepare(for_view(sql::drop_view, view)).run();
  for (const auto gone : {sql::delete_checkpoint, sql::delete_parked})
    db.prepare(gone).bind(row, view.version).run();
}

} // namespace cafes::store::sqlite
