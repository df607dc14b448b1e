// SPDX-License-Identifier: MIT
#include "store/postgres/view_writer.hpp"

#include "store/page_limits.hpp"
#include "store/postgres/advisory_lock.hpp"
#include "store/postgres/build_rows.hpp"
#include "store/postgres/event_rows.hpp"
#include "store/postgres/parked_rows.hpp"
#include "store/postgres/text_array.hpp"
#include "store/postgres/translate_error.hpp"
#include "store/postgres/view_index.hpp"
#include "store/postgres/view_table.hpp"
#include "store/view_limits.hpp"

#include <cafes/limits.hpp>

#include <pqxx/row>
#include <pqxx/transaction>

#include <utility>

namespace cafes::store::postgres {

namespace {

std::vector<sql::embedded> statements() {
  std::vector<sql::embedded> all{{"view_lock", sql::view_lock},
                                 {"find_checkpoint", sql::find_checkpoint},
                                 {"lock_checkpoint", sql::lock_checkpoint},
                                 {"find_orders", sql::find_orders},
                                 {"find_builds", sql::find_builds},
                                 {"list_parked", sql::list_parked},
                                 {"pause_live", sql::pause_live},
                                 {"set_paused", sql::set_paused},
                                 {"commit_now", sql::commit_now},
                                 {"commit_later", sql::commit_later},
                                 {"commit_at_once", sql::commit_at_once}};
  for (const auto& more : {lock_statements(), schema_statements(),
                           build_statements(), index_statements()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

std::string_view key_of(const keyed_document& document) {
  return document.key;
}

std::string_view data_of(const keyed_document& document) {
  return document.data;
}

} // namespace

struct view_session {
  explicit view_session(conninfo where) : on{std::move(where), statements()} {}
  view_session(const view_session&) = delete;
  view_session& operator=(const view_session&) = delete;

  ~view_session() {
    if (!lock_key.empty())
      unlock(on, lock_key);
  }

  connection on;
  std::string lock_key;
  /// The store's payload type.
  std::string payload;
};

view_writer::view_writer(conninfo where, view_identity view)
  : session_{std::make_shared<view_session>(std::move(where))},
    view_{std::move(view)} {}

view_writer::view_writer(std::shared_ptr<view_session> session,
                         view_identity view)
  : session_{std::move(session)}, view_{std::move(view)} {}

connection& view_writer::on() {
  return session_->on;
}

expected<std::optional<position>> view_writer::claim() {
  session_->lock_key.clear();
  if (auto named = check_view(view_); !named)
    return failure_of(named);
  if (auto opened = on().open(); !opened)
    return failure_of(opened);
  auto claimed = attempt(on(), "claim view " + label_of(view_),
                         [&] { return claim_on_new_session(); });
  if (!claimed || !*claimed) {
    session_->lock_key.clear();
    on().close();
  }
  return claimed;
}

expected<std::optional<position>> view_writer::claim_on_new_session() {
  auto schema = require_schema(on());
  if (!schema)
    return failure_of(schema);
  session_->payload = schema->payload;
  const std::string key
    = on().run("view_lock", view_.name, view_.version).at(0).at(0).c_str();
  if (!lock(on(), key, std::chrono::milliseconds::zero()))
    return std::optional<position>{};
  session_->lock_key = key;
  // A view is made of events, and a worker's session ends with its server.
  on().run("commit_later");
  auto found = find_or_create_live();
  if (!found)
    return failure_of(found);
  make_indexes(on(), view_);
  prepare_statements();
  return std::optional{*found};
}

/// Each build has statements of its own, on its own table.
std::string view_writer::prepared(std::string_view name) const {
  return std::string{name} + "$" + std::to_string(view_.build);
}

void view_writer::prepare_statements() {
  for (const auto& [name, text] :
       {sql::embedded{"load_documents", sql::load_documents},
        sql::embedded{"list_build", sql::list_build},
        sql::embedded{"commit_documents", sql::commit_documents},
        sql::embedded{"commit_page", sql::commit_page}})
    on().prepare(prepared(name), for_view(text, view_, session_->payload));
}

expected<position> view_writer::find_or_create_live() {
  pqxx::work change{on().session()};
  if (const auto builds = lock_builds(change, view_)) {
    view_.build = builds->live;
  } else {
    change.exec_prepared("insert_builds", view_.name, view_.version);
    view_.build = 1;
  }
  auto found = find_or_create(change);
  if (found)
    change.commit();
  return found;
}

expected<position> view_writer::find_or_create(pqxx::transaction_base& in) {
  const auto rows = in.exec_prepared("find_checkpoint", row_name(view_),
                                     view_.version);
  if (rows.empty()) {
    create_build(in, view_, session_->payload);
    return position{};
  }
  const auto stored = rows.front();
  const std::string shape = stored[1].c_str();
  if (shape != view_.shape)
    return failure(errc::incompatible_schema,
                   label_of(view_) + " holds documents of shape " + shape
                     + ", this program has " + view_.shape);
  return position{number_in(stored[0])};
}

expected<std::vector<keyed_document>>
view_writer::load(std::span<const std::string> keys) {
  if (auto fits = check_page(keys.size(), limits::page_documents_max); !fits)
    return failure_of(fits);
  return attempt(on(), "load documents of " + label_of(view_),
                 [&]() -> expected<std::vector<keyed_document>> {
                   const auto rows
                     = on().run(prepared("load_documents"),
                                array_of(keys, [](const auto& key) {
                                  return std::string_view{key};
                                }));
                   std::vector<keyed_document> documents;
                   documents.reserve(rows.size());
                   for (const auto& row : rows)
                     documents.push_back({row[0].c_str(), row[1].c_str()});
                   return documents;
                 });
}

expected<std::vector<keyed_document>>
view_writer::list(const std::string& after_key, std::size_t limit) {
  if (auto fits = check_page(limit, limits::page_documents_max); !fits)
    return failure_of(fits);
  return attempt(on(), "list documents of " + label_of(view_),
                 [&]() -> expected<std::vector<keyed_document>> {
                   const auto rows = on().run(prepared("list_build"), after_key,
                                              static_cast<std::int64_t>(limit));
                   std::vector<keyed_document> listed;
                   listed.reserve(rows.size());
                   for (const auto& row : rows)
                     listed.push_back({row[0].c_str(), row[1].c_str()});
                   return listed;
                 });
}

expected<std::vector<parked_event>> view_writer::parked(position after,
                                                        std::size_t limit) {
  if (auto fits = check_page(limit, limits::page_parked_max); !fits)
    return failure_of(fits);
  return attempt(on(), "list what " + label_of(view_) + " has parked",
                 [&] { return list_parked(on(), view_, after, limit); });
}

expected<view_orders> view_writer::orders() {
  return attempt(
    on(), "find orders for " + label_of(view_), [&]() -> expected<view_orders> {
      const auto known = on().run("find_builds", view_.name, view_.version);
      const auto rows
        = on().run("find_orders", row_name(view_), view_.version,
                   static_cast<std::int64_t>(limits::page_parked_max));
      if (known.empty() || rows.empty())
        return no_view(view_);
      auto wished = parked_in(rows);
      if (!wished)
        return failure_of(wished);
      view_orders asked{{},
                        *std::move(wished),
                        builds_in(known.front()),
                        target_checkpoint_in(known.front())};
      if (const auto why = rows.front()[8]; !why.is_null())
        asked.paused = why.c_str();
      return asked;
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
  return attempt(on(), "pause " + label_of(view_), [&]() -> expected<void> {
    pqxx::work change{on().session()};
    change.exec_prepared("commit_now");
    const auto builds = lock_builds(change, view_);
    if (!builds)
      return no_view(view_);
    if (builds->live == build && build == view_.build)
      change.exec_prepared("set_paused", row_name(view_), view_.version, why);
    else if (builds->is_building && builds->target == build)
      write_builds(change, view_, stopped(*builds, why));
    change.commit();
    return {};
  });
}

expected<void> view_writer::commit(const view_commit& page) {
  if (auto fits = check_commit(page); !fits)
    return fits;
  return attempt(
    on(), "write documents of " + label_of(view_), [&]() -> expected<void> {
      const bool is_plain = page.parked.empty() && page.released.empty();
      const bool is_first = page.from == position{};
      if (is_first)
        on().run("commit_at_once");
      const bool written = is_plain ? write_documents(page) : write_page(page);
      if (is_first)
        on().run("commit_later");
      if (written)
        return {};
      return failure(errc::not_owner,
                     label_of(view_) + " is not at position "
                       + std::to_string(page.from.value())
                       + (is_plain ? "" : " with these events parked")
                       + " any more: another process works on it");
    });
}

/// What nearly every page comes to.
bool view_writer::write_documents(const view_commit& page) {
  const auto moved = on().run(prepared("commit_documents"), row_name(view_),
                              view_.version, page.from.value(), page.to.value(),
                              array_of(page.changed, key_of),
                              array_of(page.changed, data_of));
  return number_in(moved.at(0).at(0)) == 1;
}

bool view_writer::write_page(const view_commit& page) {
  const auto of_parked = [&](auto pick) { return array_of(page.parked, pick); };
  const auto moved = on().run(
    prepared("commit_page"), row_name(view_), view_.version, page.from.value(),
    page.to.value(), array_of(page.changed, key_of),
    array_of(page.changed, data_of),
    array_of(page.released, [](const auto& at) { return at.value(); }),
    of_parked([](const auto& one) { return one.at.value(); }),
    of_parked([](const auto& one) { return std::string_view{one.key}; }),
    of_parked([](const auto& one) {
      return std::string_view{one.is_stream ? "t" : "f"};
    }),
    of_parked([](const auto& one) { return to_string(one.reason); }),
    of_parked([](const auto& one) { return std::string_view{one.message}; }),
    of_parked([](const auto& one) { return one.attempts; }),
    of_parked([](const auto& one) { return to_string(one.parked_at); }));
  return number_in(moved.at(0).at(0)) == 1;
}

expected<std::optional<target_build>> view_writer::open_target() {
  using target = std::optional<target_build>;
  return attempt(on(), "open the target of " + label_of(view_),
                 [&]() -> expected<target> {
                   pqxx::work change{on().session()};
                   const auto builds = lock_builds(change, view_);
                   if (!builds || !builds->is_building)
                     return target{};
                   target_build opened;
                   opened.number = *builds->target;
                   auto made = std::make_unique<view_writer>(
                     session_, with_build(view_, opened.number));
                   auto found = made->find_or_create(change);
                   if (!found)
                     return failure_of(found);
                   change.commit();
                   make_indexes(on(), made->view_);
                   made->prepare_statements();
                   opened.checkpoint = *found;
                   opened.writer = std::move(made);
                   return target{std::move(opened)};
                 });
}

/// Durable, unlike the commits of a page: people may drop what it replaces.
expected<void> view_writer::go_live(position at) {
  return attempt(on(), "go live with " + label_of(view_),
                 [&]() -> expected<void> {
                   pqxx::work change{on().session()};
                   change.exec_prepared("commit_now");
                   const auto builds = lock_builds(change, view_);
                   if (!builds || !may_go_live(change, *builds, at))
                     return not_to_go_live(view_, at);
                   write_builds(change, view_, handed_over(*builds));
                   change.commit();
                   return {};
                 });
}

/// Both checkpoints are locked, and the target is paused if the live one is.
bool view_writer::may_go_live(pqxx::transaction_base& in,
                              const view_builds& builds, position at) {
  if (!builds.is_building || builds.target != view_.build)
    return false;
  const auto row_of = [&](const view_identity& build) {
    return in.exec_prepared("lock_checkpoint", row_name(build), build.version);
  };
  const auto live = row_of(with_build(view_, builds.live));
  const auto target = row_of(view_);
  for (const auto& rows : {live, target})
    if (rows.empty() || number_in(rows.front()[0]) != at.value())
      return false;
  const auto paused = live.front()[1];
  in.exec_prepared("set_paused", row_name(view_), view_.version,
                   paused.is_null() ? nullptr : paused.c_str());
  return true;
}

} // namespace cafes::store::postgres
