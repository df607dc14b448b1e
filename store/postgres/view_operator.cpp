// SPDX-License-Identifier: MIT
#include "store/postgres/view_operator.hpp"

#include "store/page_limits.hpp"
#include "store/postgres/event_rows.hpp"
#include "store/postgres/parked_table.hpp"

#include <cafes/limits.hpp>

#include <pqxx/row>

#include <utility>

namespace cafes::store::postgres {

namespace {

std::vector<sql::embedded> statements() {
  auto all = parked_statements();
  all.push_back({"view_state", sql::view_state});
  all.push_back({"wish_parked", sql::wish_parked});
  return all;
}

} // namespace

view_operator::view_operator(conninfo where)
  : session_{std::move(where), statements()} {}

expected<view_state> view_operator::state(const view_identity& view) {
  return session_.read("look at view " + view.name,
                       [&]() -> expected<view_state> {
                         const auto rows = session_.on().run(
                           "view_state", view.name, view.version);
                         if (rows.empty())
                           return no_view(view);
                         const auto row = rows.front();
                         view_state found{position{number_in(row[0])},
                                          std::nullopt, number_in(row[2])};
                         if (!row[1].is_null())
                           found.paused = row[1].c_str();
                         return found;
                       });
}

expected<void> view_operator::pause(const view_identity& view,
                                    const std::string& why) {
  return session_.read("pause view " + view.name, [&] {
    return set_paused(session_.on(), view, why.c_str());
  });
}

expected<void> view_operator::resume(const view_identity& view) {
  return session_.read("resume view " + view.name, [&] {
    return set_paused(session_.on(), view, nullptr);
  });
}

expected<std::vector<parked_event>>
view_operator::parked(const view_identity& view, position after,
                      std::size_t limit) {
  if (auto fits = check_page(limit, limits::page_parked_max); !fits)
    return failure_of(fits);
  return session_.read("read parked events of " + view.name, [&] {
    return read_parked(session_.on(), view, after, limit);
  });
}

expected<std::int64_t>
view_operator::wish(const view_identity& view,
                    const std::optional<std::string>& key, parked_wish wish) {
  return session_.read(
    "wish for parked events of " + view.name, [&]() -> expected<std::int64_t> {
      const auto rows = session_.on().run("wish_parked", view.name,
                                          view.version,
                                          key ? key->c_str() : nullptr,
                                          std::string{to_string(wish)});
      if (rows.empty())
        return no_view(view);
      return number_in(rows.front()[0]);
    });
}

} // namespace cafes::store::postgres
