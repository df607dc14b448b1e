// SPDX-License-Identifier: MIT
#include "store/postgres/view_operator.hpp"

#include "store/page_limits.hpp"
#include "store/postgres/build_rows.hpp"
#include "store/postgres/event_rows.hpp"
#include "store/postgres/parked_rows.hpp"
#include "store/view_limits.hpp"

#include <cafes/limits.hpp>

#include <pqxx/row>
#include <pqxx/transaction>

#include <utility>

namespace cafes::store::postgres {

namespace {

std::vector<sql::embedded> statements() {
  auto all = build_statements();
  for (const auto& more :
       {sql::embedded{"find_view_state", sql::find_view_state},
        sql::embedded{"find_builds", sql::find_builds},
        sql::embedded{"list_parked", sql::list_parked},
        sql::embedded{"pause_live", sql::pause_live},
        sql::embedded{"wait_shortly", sql::wait_shortly},
        sql::embedded{"wish_all", sql::wish_all},
        sql::embedded{"wish_key", sql::wish_key}})
    all.push_back(more);
  return all;
}

} // namespace

view_operator::view_operator(conninfo where)
  : session_{std::move(where), statements()} {}

expected<view_state> view_operator::state(const view_identity& view) {
  return session_.read("look at view " + view.name,
                       [&]() -> expected<view_state> {
                         const auto rows = session_.on().run(
                           "find_view_state", view.name, view.version);
                         if (rows.empty())
                           return no_view(view);
                         const auto row = rows.front();
                         view_state found;
                         found.builds = builds_in(row);
                         found.target_checkpoint = target_checkpoint_in(row);
                         found.checkpoint = position{number_in(row[8])};
                         if (!row[9].is_null())
                           found.paused = row[9].c_str();
                         found.parked = number_in(row[10]);
                         return found;
                       });
}

expected<void> view_operator::pause(const view_identity& view,
                                    const std::string& why) {
  if (auto fits = check_pause(why); !fits)
    return fits;
  return session_.read("pause view " + view.name, [&] {
    return pause_live(session_.on(), view, why.c_str());
  });
}

expected<void> view_operator::resume(const view_identity& view) {
  return session_.read("resume view " + view.name, [&] {
    return pause_live(session_.on(), view, nullptr);
  });
}

expected<std::vector<parked_event>>
view_operator::parked(const view_identity& view, position after,
                      std::size_t limit) {
  if (auto fits = check_page(limit, limits::page_parked_max); !fits)
    return failure_of(fits);
  return session_.read(
    "list what view " + view.name + " has parked",
    [&]() -> expected<std::vector<parked_event>> {
      const auto known = session_.on().run("find_builds", view.name,
                                           view.version);
      if (known.empty())
        return no_view(view);
      return list_parked(session_.on(),
                         with_build(view, builds_in(known.front()).live), after,
                         limit);
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

/// Not to be done twice: a session that may be stale is tried before.
expected<view_builds> view_operator::change(const view_identity& view,
                                            build_change wanted) {
  auto known = state(view);
  if (!known)
    return failure_of(known);
  bool is_sent = false;
  auto after = attempt(session_.on(), "change the builds of view " + view.name,
                       [&] { return change_once(view, wanted, is_sent); });
  if (!after && is_sent && !session_.on().is_open())
    return failure(errc::outcome_unknown,
                   after.error().message + "; look which builds there are");
  return after;
}

expected<view_builds> view_operator::change_once(const view_identity& view,
                                                 build_change wanted,
                                                 bool& is_sent) {
  pqxx::work work{session_.on().session()};
  // Whoever reads from a table that goes, for hours perhaps, must not hold up
  // all who want to know which build is live.
  work.exec_prepared("wait_shortly");
  const auto builds = lock_builds(work, view);
  if (!builds)
    return no_view(view);
  auto after = changed(view, *builds, wanted);
  if (!after)
    return after;
  for (const int number : dropped(*builds, *after))
    drop_build(work, with_build(view, number));
  write_builds(work, view, *after);
  is_sent = true;
  work.commit();
  return after;
}

} // namespace cafes::store::postgres
