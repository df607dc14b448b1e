// SPDX-License-Identifier: MIT
#include "store/postgres/view_operator.hpp"

#include "store/page_limits.hpp"
#include "store/postgres/event_rows.hpp"
#include "store/postgres/parked_rows.hpp"
#include "store/view_limits.hpp"

#include <cafes/limits.hpp>

#include <pqxx/row>

#include <utility>

namespace cafes::store::postgres {

view_operator::view_operator(conninfo where)
  : session_{std::move(where),
             {{"find_view_state", sql::find_view_state},
              {"list_parked", sql::list_parked},
              {"set_paused", sql::set_paused},
              {"wish_all", sql::wish_all},
              {"wish_key", sql::wish_key}}} {}

expected<view_state> view_operator::state(const view_identity& view) {
  return session_.read("look at view " + view.name,
                       [&]() -> expected<view_state> {
                         const auto rows = session_.on().run(
                           "find_view_state", view.name, view.version);
                         if (rows.empty())
                           return no_view(view);
                         const auto row = rows.front();
                         view_state found;
                         found.checkpoint = position{number_in(row[0])};
                         if (!row[1].is_null())
                           found.paused = row[1].c_str();
                         found.parked = number_in(row[2]);
                         return found;
                       });
}

expected<void> view_operator::pause(const view_identity& view,
                                    const std::string& why) {
  if (auto fits = check_pause(why); !fits)
    return fits;
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
  return session_.read("list what view " + view.name + " has parked", [&] {
    return list_parked(session_.on(), view, after, limit);
  });
}

expected<std::int64_t>
view_operator::wish(const view_identity& view,
                    const std::optional<std::string>& key, parked_wish wish) {
  const std::string word{to_string(wish)};
  const char* stored = wish == parked_wish::none ? nullptr : word.c_str();
  return session_.read("wish for parked events of view " + view.name,
                       [&]() -> expected<std::int64_t> {
                         const auto wished
                           = key ? session_.on().run("wish_key", view.name,
                                                     view.version, stored, *key)
                                 : session_.on().run("wish_all", view.name,
                                                     view.version, stored);
                         if (wished.empty())
                           return no_view(view);
                         return number_in(wished.front()[0]);
                       });
}

} // namespace cafes::store::postgres
