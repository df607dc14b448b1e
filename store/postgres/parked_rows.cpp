// SPDX-License-Identifier: MIT
#include "store/postgres/parked_rows.hpp"

#include "store/parked_words.hpp"
#include "store/postgres/event_rows.hpp"

#include <pqxx/row>

#include <utility>

namespace cafes::store::postgres {

namespace {

expected<parked_event> event_in_row(const pqxx::row& row) {
  const auto reason = parking_reason_in(row[3].c_str());
  if (!reason)
    return unexpected<>{reason.error()};
  const auto wish = parked_wish_in(row[7].c_str());
  if (!wish)
    return unexpected<>{wish.error()};
  return parked_event{position{number_in(row[0])},
                      row[1].c_str(),
                      flag_in(row[2]),
                      *reason,
                      row[4].c_str(),
                      number_in(row[5]),
                      timestamp_in(row[6]),
                      *wish};
}

} // namespace

expected<std::vector<parked_event>> parked_in(const pqxx::result& rows) {
  std::vector<parked_event> found;
  found.reserve(rows.size());
  for (const auto& row : rows) {
    if (row[0].is_null())
      continue;
    auto event = event_in_row(row);
    if (!event)
      return failure_of(event);
    found.push_back(*std::move(event));
  }
  return found;
}

expected<std::vector<parked_event>>
list_parked(connection& on, const view_identity& view, position after,
            std::size_t limit) {
  const auto rows = on.run("list_parked", row_name(view), view.version,
                           after.value(), static_cast<std::int64_t>(limit));
  if (rows.empty())
    return no_view(view);
  return parked_in(rows);
}

expected<void> pause_live(connection& on, const view_identity& view,
                          const char* why) {
  const auto changed = on.run("pause_live", view.name, view.version, why);
  if (changed.affected_rows() == 0)
    return no_view(view);
  return {};
}

} // namespace cafes::store::postgres
