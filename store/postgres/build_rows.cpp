// SPDX-License-Identifier: MIT
#include "store/postgres/build_rows.hpp"

#include "store/postgres/copy_rows.hpp"
#include "store/postgres/event_rows.hpp"
#include "store/postgres/view_table.hpp"

namespace cafes::store::postgres {

namespace {

std::optional<int> build_in(const pqxx::field& field) {
  if (field.is_null())
    return std::nullopt;
  return field.as<int>();
}

} // namespace

std::vector<sql::embedded> build_statements() {
  return {{"lock_builds", sql::lock_builds},
          {"insert_builds", sql::insert_builds},
          {"change_builds", sql::change_builds},
          {"insert_checkpoint", sql::insert_checkpoint},
          {"delete_build", sql::delete_build}};
}

view_builds builds_in(const pqxx::row& row) {
  view_builds found;
  found.live = row[0].as<int>();
  found.last = row[1].as<int>();
  found.target = build_in(row[2]);
  found.previous = build_in(row[3]);
  found.is_building = row[4].as<bool>();
  found.goes_back = row[5].as<bool>();
  found.stopped = row[6].c_str();
  return found;
}

position target_checkpoint_in(const pqxx::row& row) {
  return row[7].is_null() ? position{} : position{number_in(row[7])};
}

std::optional<view_builds> lock_builds(pqxx::transaction_base& in,
                                       const view_identity& view) {
  const auto rows = in.exec_prepared("lock_builds", view.name, view.version);
  if (rows.empty())
    return std::nullopt;
  return builds_in(rows.front());
}

void write_builds(pqxx::transaction_base& in, const view_identity& view,
                  const view_builds& builds) {
  in.exec_prepared("change_builds", view.name, view.version, builds.live,
                   builds.last, builds.target.value_or(0),
                   builds.previous.value_or(0), builds.is_building,
                   builds.goes_back, builds.stopped);
}

void create_build(pqxx::transaction_base& in, const view_identity& view,
                  const std::string& payload) {
  in.exec(for_view(sql::create_view_table, view, payload));
  in.exec_prepared("insert_checkpoint", row_name(view), view.version,
                   log_number, view.shape);
}

void drop_build(pqxx::transaction_base& in, const view_identity& view) {
  in.exec(for_view(sql::drop_view_table, view, {}));
  in.exec_prepared("delete_build", row_name(view), view.version);
}

} // namespace cafes::store::postgres
