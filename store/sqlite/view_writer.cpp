// SPDX-License-Identifier: MIT
#include "store/sqlite/view_writer.hpp"

#include "store/page_limits.hpp"
#include "store/sqlite/build_rows.hpp"
#include "store/sqlite/parked_rows.hpp"
#include "store/sqlite/sql.hpp"
#include "store/sqlite/synced_later.hpp"
#include "store/sqlite/transaction.hpp"
#include "store/sqlite/view_table.hpp"
#include "store/view_limits.hpp"

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

unexpected<error> not_parked(const view_identity& view, position at) {
  return failure(errc::not_owner, label_of(view) + " has no parked event "
                                    + std::to_string(at.value()));
}

} // namespace

view_writer::view_writer(std::shared_ptr<write_side> side, view_identity view,
                         std::shared_ptr<const claims::claim> claimed)
  : side_{std::move(side)},
    view_{std::move(view)},
    reading_{side_->file(), access::read},
    claim_{std::move(claimed)} {}

expected<std::optional<position>> view_writer::claim() {
  if (auto named = check_view(view_); !named)
    return failure_of(named);
  if (!claim_)
    if (auto claimed = side_->claimed().acquire("view " + label_of(view_), "",
                                                std::chrono::milliseconds{0}))
      claim_ = std::make_shared<claims::claim>(*std::move(claimed));
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
    if (const auto live = find_live(db, view_)) {
      view_ = *live;
    } else {
      db.prepare(sql::insert_builds).bind(view_.name, view_.version).run();
      view_.build = 1;
    }
    auto checkpoint = find_or_create(db);
    if (checkpoint)
      work.commit();
    return checkpoint;
  });
}

expected<position> view_writer::find_or_create(database& db) {
  const auto stored = find_view(db, view_);
  if (stored && stored->shape != view_.shape)
    return failure(errc::incompatible_schema,
                   label_of(view_) + " holds documents of shape "
                     + stored->shape + ", this program has " + view_.shape);
  if (!stored)
    create_build(db, view_);
  return stored ? stored->checkpoint : position{};
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

expected<std::vector<keyed_document>>
view_writer::list(const std::string& after_key, std::size_t limit) {
  if (auto fits = check_page(limit, limits::page_documents_max); !fits)
    return failure_of(fits);
  return reading_.use(
    [&](database& db) -> expected<std::vector<keyed_document>> {
      std::vector<keyed_document> listed;
      auto rows = db.prepare(for_view(sql::list_build, view_));
      rows.bind(after_key, static_cast<std::int64_t>(limit));
      while (rows.step())
        listed.push_back({rows.text(0), rows.text(1)});
      return listed;
    });
}

expected<std::vector<parked_event>> view_writer::parked(position after,
                                                        std::size_t limit) {
  if (auto fits = check_page(limit, limits::page_parked_max); !fits)
    return failure_of(fits);
  return reading_.use(
    [&](database& db) { return list_parked(db, view_, after, limit); });
}

expected<view_orders> view_writer::orders() {
  return reading_.use([&](database& db) -> expected<view_orders> {
    const transaction moment{db, transaction::kind::read};
    auto stored = find_view(db, view_);
    auto builds = find_builds(db, view_);
    if (!stored || !builds)
      return no_view(view_);
    const auto name = row_name(view_);
    auto rows = db.prepare(sql::list_wished);
    rows.bind(name, view_.version,
              static_cast<std::int64_t>(limits::page_parked_max));
    auto wished = parked_in(rows);
    if (!wished)
      return failure_of(wished);
    const auto target = target_checkpoint(db, view_, *builds);
    return view_orders{std::move(stored->paused), *std::move(wished),
                       *std::move(builds), target};
  });
}

expected<void> view_writer::pause(const std::string& why) {
  return pause_or_stop(view_.build, why);
}

expected<void> view_writer::stop_target(int number, const std::string& why) {
  return pause_or_stop(number, why);
}

/// The view, if this build is live; else its making.
expected<void> view_writer::pause_or_stop(int build, const std::string& why) {
  if (auto fits = check_pause(why); !fits)
    return fits;
  return side_->use([&](database& db) -> expected<void> {
    transaction work{db, transaction::kind::write};
    const auto builds = find_builds(db, view_);
    if (!builds)
      return no_view(view_);
    if (builds->live == build && build == view_.build) {
      if (auto paused = set_paused(db, view_, &why); !paused)
        return paused;
    } else if (builds->is_building && builds->target == build) {
      write_builds(db, view_, stopped(*builds, why));
    }
    work.commit();
    return {};
  });
}

expected<void> view_writer::commit(const view_commit& page) {
  if (auto fits = check_commit(page); !fits)
    return fits;
  if (!claim_)
    return failure(errc::not_owner, label_of(view_) + " is not claimed");
  return side_->use([&](database& db) -> expected<void> {
    std::optional<synced_later> relaxed;
    if (page.from != position{})
      relaxed.emplace(db);
    transaction work{db, transaction::kind::write};
    if (auto written = write(db, page); !written)
      return written;
    work.commit();
    return {};
  });
}

expected<void> view_writer::write(database& db, const view_commit& page) {
  const auto name = row_name(view_);
  db.prepare(sql::move_checkpoint)
    .bind(name, view_.version, page.from.value(), page.to.value())
    .run();
  if (db.changes() == 0) {
    const auto stored = find_view(db, view_);
    return moved(view_, stored ? stored->checkpoint : position{}, page.from);
  }
  auto put = db.prepare(for_view(sql::put_document, view_));
  for (const auto& [key, data] : page.changed)
    put.bind(key, data).run();
  for (const auto& at : page.released)
    if (!release(db, view_, at))
      return not_parked(view_, at);
  for (const auto& event : page.parked)
    park(db, view_, event);
  return {};
}

expected<std::optional<target_build>> view_writer::open_target() {
  target_build opened;
  auto found = side_->use([&](database& db) -> expected<bool> {
    transaction work{db, transaction::kind::write};
    const auto builds = find_builds(db, view_);
    if (!builds || !builds->is_building)
      return false;
    opened.number = *builds->target;
    auto made = std::make_unique<view_writer>(
      side_, with_build(view_, opened.number), claim_);
    auto checkpoint = made->find_or_create(db);
    if (!checkpoint)
      return failure_of(checkpoint);
    opened.checkpoint = *checkpoint;
    opened.writer = std::move(made);
    work.commit();
    return true;
  });
  if (!found)
    return failure_of(found);
  return *found ? std::optional{std::move(opened)} : std::nullopt;
}

/// Synced, unlike the commits of a page: people may drop what it replaces.
expected<void> view_writer::go_live(position at) {
  return side_->use([&](database& db) -> expected<void> {
    transaction work{db, transaction::kind::write};
    const auto builds = find_builds(db, view_);
    if (!builds || !builds->is_building || builds->target != view_.build)
      return not_to_go_live(view_, at);
    const auto live = find_view(db, with_build(view_, builds->live));
    const auto target = find_view(db, view_);
    if (!live || !target || live->checkpoint != at || target->checkpoint != at)
      return not_to_go_live(view_, at);
    if (auto same = set_paused(db, view_,
                               live->paused ? &*live->paused : nullptr);
        !same)
      return same;
    write_builds(db, view_, handed_over(*builds));
    work.commit();
    return {};
  });
}

} // namespace cafes::store::sqlite
