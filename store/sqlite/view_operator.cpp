// SPDX-License-Identifier: MIT
#include "store/sqlite/view_operator.hpp"

#include "store/page_limits.hpp"
#include "store/sqlite/parked_table.hpp"
#include "store/sqlite/sql.hpp"
#include "store/sqlite/transaction.hpp"

#include <cafes/limits.hpp>

#include <utility>

namespace cafes::store::sqlite {

view_operator::view_operator(std::shared_ptr<write_side> side)
  : side_{std::move(side)}, reading_{side_->file(), access::read} {}

expected<view_state> view_operator::state(const view_identity& view) {
  return reading_.use([&](database& db) -> expected<view_state> {
    auto found = find_state(db, view);
    if (!found)
      return no_view(view);
    return *std::move(found);
  });
}

expected<void> view_operator::pause(const view_identity& view,
                                    const std::string& why) {
  return set_paused(view, &why);
}

expected<void> view_operator::resume(const view_identity& view) {
  return set_paused(view, nullptr);
}

expected<void> view_operator::set_paused(const view_identity& view,
                                         const std::string* why) {
  return side_->use([&](database& db) -> expected<void> {
    if (!sqlite::set_paused(db, view, why))
      return no_view(view);
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
    if (!find_state(db, view))
      return no_view(view);
    return read_parked(db, view, after, limit);
  });
}

expected<std::int64_t>
view_operator::wish(const view_identity& view,
                    const std::optional<std::string>& key, parked_wish wish) {
  return side_->use([&](database& db) -> expected<std::int64_t> {
    transaction work{db, transaction::kind::write};
    if (!find_state(db, view))
      return no_view(view);
    const std::string wished{to_string(wish)};
    db.prepare(sql::wish_parked)
      .bind(view.name, view.version, key ? &*key : nullptr, wished)
      .run();
    const auto count = db.changes();
    work.commit();
    return count;
  });
}

} // namespace cafes::store::sqlite
