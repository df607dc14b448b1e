// SPDX-License-Identifier: MIT
#include "store/sqlite/view_operator.hpp"

#include "store/page_limits.hpp"
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
    auto stored = find_view(db, view);
    if (!stored)
      return no_view(view);
    auto count = db.prepare(sql::count_parked);
    const bool counted = count.bind(view.name, view.version).step();
    return view_state{stored->checkpoint, std::move(stored->paused),
                      counted ? count.integer(0) : 0};
  });
}

expected<void> view_operator::pause(const view_identity& view,
                                    const std::string& why) {
  if (auto fits = check_pause(why); !fits)
    return fits;
  return side_->use([&](database& db) { return set_paused(db, view, &why); });
}

expected<void> view_operator::resume(const view_identity& view) {
  return side_->use(
    [&](database& db) { return set_paused(db, view, nullptr); });
}

expected<std::vector<parked_event>>
view_operator::parked(const view_identity& view, position after,
                      std::size_t limit) {
  if (auto fits = check_page(limit, limits::page_parked_max); !fits)
    return failure_of(fits);
  return reading_.use([&](database& db) -> expected<std::vector<parked_event>> {
    const transaction moment{db, transaction::kind::read};
    if (!find_view(db, view))
      return no_view(view);
    return list_parked(db, view, after, limit);
  });
}

expected<std::int64_t>
view_operator::wish(const view_identity& view,
                    const std::optional<std::string>& key, parked_wish wish) {
  const std::string word{to_string(wish)};
  const auto* stored = wish == parked_wish::none ? nullptr : &word;
  return side_->use([&](database& db) -> expected<std::int64_t> {
    transaction work{db, transaction::kind::write};
    if (!find_view(db, view))
      return no_view(view);
    if (key)
      db.prepare(sql::wish_key)
        .bind(view.name, view.version, stored, *key)
        .run();
    else
      db.prepare(sql::wish_all).bind(view.name, view.version, stored).run();
    const auto wished = db.changes();
    work.commit();
    return wished;
  });
}

} // namespace cafes::store::sqlite
