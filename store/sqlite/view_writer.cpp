// SPDX-License-Identifier: MIT
#include "store/sqlite/view_writer.hpp"

#include "store/page_limits.hpp"
#include "store/parked_rows.hpp"
#include "store/sqlite/parked_table.hpp"
#include "store/sqlite/sql.hpp"
#include "store/sqlite/synced_later.hpp"
#include "store/sqlite/transaction.hpp"
#include "store/sqlite/view_table.hpp"

#include <cafes/limits.hpp>

#include <utility>

namespace cafes::store::sqlite {

namespace {

unexpected<error> moved(const view_identity& view, position stored,
                        position from) {
  return failure(errc::not_owner, label_of(view) + " is at position "
                                    + std::to_string(stored.value())
                                    + ", not at "
                                    + std::to_string(from.value()));
}

} // namespace

view_writer::view_writer(std::shared_ptr<write_side> side, view_identity view)
  : side_{std::move(side)},
    view_{std::move(view)},
    reading_{side_->file(), access::read} {}

expected<std::optional<position>> view_writer::claim() {
  if (auto named = check_view(view_); !named)
    return failure_of(named);
  if (!claim_)
    if (auto claimed = side_->claimed().acquire("view " + label_of(view_), "",
                                                std::chrono::milliseconds{0}))
      claim_.emplace(*std::move(claimed));
  if (!claim_)
    return std::optional<position>{};
  auto checkpoint = find_or_create();
  if (!checkpoint) {
    claim_.reset();
    return failure_of(checkpoint);
  }
  return std::optional{*checkpoint};
}

expected<position> view_writer::find_or_create() {
  return side_->use([&](database& db) -> expected<position> {
    transaction work{db, transaction::kind::write};
    const auto stored = find_view(db, view_);
    if (stored && stored->shape != view_.shape)
      return failure(errc::incompatible_schema,
                     label_of(view_) + " holds documents of shape "
                       + stored->shape + ", this program has " + view_.shape);
    if (stored)
      return stored->checkpoint;
    db.prepare(for_view(sql::create_view, view_)).run();
    db.prepare(sql::insert_checkpoint)
      .bind(view_.name, view_.version, view_.shape)
      .run();
    work.commit();
    return position{};
  });
}

expected<std::vector<keyed_document>>
view_writer::load(std::span<const std::string> keys) {
  if (auto fits = check_page(keys.size(), limits::page_documents_max); !fits)
    return failure_of(fits);
  return reading_.use(
    [&](database& db) -> expected<std::vector<keyed_document>> {
      std::vector<keyed_document> loaded;
      auto find = db.prepare(for_view(sql::find_document, view_));
      for (const auto& key : keys)
        if (find.bind(key).step())
          loaded.push_back({key, find.text(0)});
      return loaded;
    });
}

expected<std::vector<parked_event>> view_writer::parked(position after,
                                                        std::size_t limit) {
  if (auto fits = check_page(limit, limits::page_parked_max); !fits)
    return failure_of(fits);
  return reading_.use(
    [&](database& db) { return read_parked(db, view_, after, limit); });
}

expected<view_orders> view_writer::orders() {
  return reading_.use([&](database& db) -> expected<view_orders> {
    const transaction moment{db, transaction::kind::read};
    const auto state = find_state(db, view_);
    if (!state)
      return no_view(view_);
    auto wished = read_wished(db, view_);
    if (!wished)
      return failure_of(wished);
    return view_orders{state->paused, *std::move(wished)};
  });
}

expected<void> view_writer::pause(const std::string& why) {
  return side_->use([&](database& db) -> expected<void> {
    if (!set_paused(db, view_, &why))
      return no_view(view_);
    return {};
  });
}

expected<void> view_writer::commit(const view_commit& page) {
  if (!claim_)
    return failure(errc::not_owner, label_of(view_) + " is not claimed");
  if (auto fits = check_parked(page); !fits)
    return fits;
  return side_->use([&](database& db) -> expected<void> {
    const synced_later relaxed{db};
    transaction work{db, transaction::kind::write};
    db.prepare(sql::move_checkpoint)
      .bind(view_.name, view_.version, page.from.value(), page.to.value())
      .run();
    if (db.changes() == 0) {
      const auto stored = find_view(db, view_);
      return moved(view_, stored ? stored->checkpoint : position{}, page.from);
    }
    if (!write_parked(db, view_, page))
      return failure(errc::not_owner,
                     label_of(view_) + " has not parked what was released");
    auto put = db.prepare(for_view(sql::put_document, view_));
    for (const auto& [key, data] : page.changed)
      put.bind(key, data).run();
    work.commit();
    return {};
  });
}

} // namespace cafes::store::sqlite
