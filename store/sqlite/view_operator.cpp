// SPDX-License-Identifier: MIT
#include "store/sqlite/view_operator.hpp"

#include "store/page_limits.hpp"
#include "store/sqlite/build_rows.hpp"
#include "store/sqlite/parked_rows.hpp"
#include "store/sqlite/sql.hpp"
#include "store/sqlite/transaction.hpp"
#include "store/sqlite/view_table.hpp"
#include "store/view_limits.hpp"

#include <cafes/limits.hpp>

#include <utility>

namespace cafes::store::sqlite {

view_operator::view_operator(std::shared_ptr<write_side> side)
  : side_{std::move(side)}, reading_{side_->file(), access::read} {}

expected<view_state> view_operator::state(const view_identity& view) {
  return reading_.use([&](database& db) -> expected<view_state> {
    const transaction moment{db, transaction::kind::read};
    auto builds = find_builds(db, view);
    if (!builds)
      return no_view(view);
    const auto live = with_build(view, builds->live);
    auto stored = find_view(db, live);
    if (!stored)
      return no_view(view);
    const auto name = row_name(live);
    auto count = db.prepare(sql::count_parked);
    view_state state;
    state.checkpoint = stored->checkpoint;
    state.paused = std::move(stored->paused);
    state.parked = count.bind(name, view.version).step() ? count.integer(0) : 0;
    state.target_checkpoint = target_checkpoint(db, view, *builds);
    state.builds = *std::move(builds);
    return state;
  });
}

expected<void> view_operator::pause(const view_identity& view,
                                    const std::string& why) {
  if (auto fits = check_pause(why); !fits)
    return fits;
  return set(view, &why);
}

expected<void> view_operator::resume(const view_identity& view) {
  return set(view, nullptr);
}

expected<void> view_operator::set(const view_identity& view,
                                  const std::string* why) {
  return side_->use([&](database& db) -> expected<void> {
    transaction work{db, transaction::kind::write};
    const auto live = find_live(db, view);
    if (!live)
      return no_view(view);
    if (auto done = set_paused(db, *live, why); !done)
      return done;
    work.commit();
    return {};
  });
}

expected<std::vector<parked_event>>
view_operator::parked(const view_identity& view, position after,
                      std::size_t limit) {
  if (auto fits = check_page(limit, limits::page_parked_max); !fits)
    return failure_of(fits);
  return reading_.use([&](database& db) -> expected<std::vector<parked_event>> {
    const transaction moment{db, transaction::kind::read};
    const auto live = find_live(db, view);
    if (!live)
      return no_view(view);
    return list_parked(db, *live, after, limit);
  });
}

expected<std::int64_t>
view_operator::wish(const view_identity& view,
                    const std::optional<std::string>& key, parked_wish wish) {
  const std::string word{to_string(wish)};
  const auto* stored = wish == parked_wish::none ? nullptr : &word;
  return side_->use([&](database& db) -> expected<std::int64_t> {
    transaction work{db, transaction::kind::write};
    const auto live = find_live(db, view);
    if (!live)
      return no_view(view);
    const auto name = row_name(*live);
    if (key)
      db.prepare(sql::wish_key).bind(name, view.version, stored, *key).run();
    else
      db.prepare(sql::wish_all).bind(name, view.version, stored).run();
    const auto wished = db.changes();
    work.commit();
    return wished;
  });
}

expected<view_builds> view_operator::change(const view_identity& view,
                                            build_change wanted) {
  return side_->use([&](database& db) -> expected<view_builds> {
    transaction work{db, transaction::kind::write};
    const auto builds = find_builds(db, view);
    if (!builds)
      return no_view(view);
    auto after = changed(view, *builds, wanted);
    if (!after)
      return after;
    for (const int number : dropped(*builds, *after))
      drop_build(db, with_build(view, number));
    write_builds(db, view, *after);
    work.commit();
    return after;
  });
}

} // namespace cafes::store::sqlite
