// SPDX-License-Identifier: MIT
#include "store/postgres/parked_table.hpp"

#include "store/parked_rows.hpp"
#include "store/postgres/event_rows.hpp"

#include <cafes/limits.hpp>

#include <pqxx/row>

namespace cafes::store::postgres {

namespace {

expected<std::vector<parked_event>> parked_in(const pqxx::result& rows) {
  std::vector<parked_event> found;
  for (const auto& row : rows) {
    if (row[0].is_null())
      continue;
    auto reason = parse_reason(row[3].c_str());
    if (!reason)
      return failure_of(reason);
    auto wish = parse_wish(row[7].c_str());
    if (!wish)
      return failure_of(wish);
    found.push_back({position{number_in(row[0])}, row[1].c_str(),
                     row[2].as<bool>(), *reason, row[4].c_str(),
                     number_in(row[5]), timestamp_in(row[6]), *wish});
  }
  return found;
}

} // namespace

std::vector<sql::embedded> parked_statements() {
  return {{"read_parked", sql::read_parked},
          {"find_orders", sql::find_orders},
          {"pause_view", sql::pause_view}};
}

expected<std::vector<parked_event>>
read_parked(connection& on, const view_identity& view, position after,
            std::size_t limit) {
  const auto rows = on.run("read_parked", view.name, view.version,
                           after.value(), static_cast<std::int64_t>(limit));
  if (rows.empty())
    return no_view(view);
  return parked_in(rows);
}

expected<view_orders> find_orders(connection& on, const view_identity& view) {
  const auto rows = on.run("find_orders", view.name, view.version,
                           static_cast<std::int64_t>(limits::page_parked_max));
  if (rows.empty())
    return no_view(view);
  auto wished = parked_in(rows);
  if (!wished)
    return failure_of(wished);
  view_orders found{std::nullopt, *std::move(wished)};
  if (const auto paused = rows.front()[8]; !paused.is_null())
    found.paused = paused.c_str();
  return found;
}

expected<void> set_paused(connection& on, const view_identity& view,
                          const char* why) {
  if (on.run("pause_view", view.name, view.version, why).empty())
    return no_view(view);
  return {};
}

} // namespace cafes::store::postgres
