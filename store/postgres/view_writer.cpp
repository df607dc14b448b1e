// SPDX-License-Identifier: MIT
#include "store/postgres/view_writer.hpp"

#include "store/page_limits.hpp"
#include "store/postgres/advisory_lock.hpp"
#include "store/postgres/copy_rows.hpp"
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
                                 {"insert_checkpoint", sql::insert_checkpoint},
                                 {"find_checkpoint", sql::find_checkpoint},
                                 {"find_orders", sql::find_orders},
                                 {"list_parked", sql::list_parked},
                                 {"set_paused", sql::set_paused}};
  for (const auto& more :
       {lock_statements(), schema_statements(), index_statements()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

std::string name_of(const view_identity& view) {
  return view.name + " v" + std::to_string(view.version);
}

std::string_view key_of(const keyed_document& document) {
  return document.key;
}

std::string_view data_of(const keyed_document& document) {
  return document.data;
}

} // namespace

view_writer::view_writer(conninfo where, view_identity view)
  : connection_{std::move(where), statements()}, view_{std::move(view)} {}

view_writer::~view_writer() {
  if (!lock_key_.empty())
    unlock(connection_, lock_key_);
}

expected<std::optional<position>> view_writer::claim() {
  lock_key_.clear();
  if (auto named = check_view(view_); !named)
    return failure_of(named);
  if (auto opened = connection_.open(); !opened)
    return failure_of(opened);
  auto claimed = attempt(connection_, "claim view " + name_of(view_),
                         [&] { return claim_on_new_session(); });
  if (!claimed || !*claimed) {
    lock_key_.clear();
    connection_.close();
  }
  return claimed;
}

expected<std::optional<position>> view_writer::claim_on_new_session() {
  auto schema = require_schema(connection_);
  if (!schema)
    return failure_of(schema);
  const std::string key = connection_
                            .run("view_lock", view_.name, view_.version)
                            .at(0)
                            .at(0)
                            .c_str();
  if (!lock(connection_, key, std::chrono::milliseconds::zero()))
    return std::optional<position>{};
  lock_key_ = key;
  connection_.prepare("load_documents",
                      for_view(sql::load_documents, view_, schema->payload));
  connection_.prepare("commit_documents",
                      for_view(sql::commit_documents, view_, schema->payload));
  connection_.prepare("commit_page",
                      for_view(sql::commit_page, view_, schema->payload));
  auto found = find_or_create(schema->payload);
  if (!found)
    return failure_of(found);
  make_indexes(connection_, view_);
  return std::optional{*found};
}

expected<position> view_writer::find_or_create(const std::string& payload) {
  const auto rows = connection_.run("find_checkpoint", view_.name,
                                    view_.version);
  if (rows.empty()) {
    create(payload);
    return position{};
  }
  const auto stored = rows.front();
  const std::string shape = stored[1].c_str();
  if (shape != view_.shape)
    return failure(errc::incompatible_schema,
                   name_of(view_) + " holds documents of shape " + shape
                     + ", this program has " + view_.shape);
  return position{number_in(stored[0])};
}

void view_writer::create(const std::string& payload) {
  pqxx::work change{connection_.session()};
  change.exec(for_view(sql::create_view_table, view_, payload));
  change.exec_prepared("insert_checkpoint", view_.name, view_.version,
                       log_number, view_.shape);
  change.commit();
}

expected<std::vector<keyed_document>>
view_writer::load(std::span<const std::string> keys) {
  if (auto fits = check_page(keys.size(), limits::page_documents_max); !fits)
    return failure_of(fits);
  return attempt(connection_, "load documents of " + name_of(view_),
                 [&]() -> expected<std::vector<keyed_document>> {
                   const auto rows = connection_.run(
                     "load_documents", array_of(keys, [](const auto& key) {
                       return std::string_view{key};
                     }));
                   std::vector<keyed_document> documents;
                   documents.reserve(rows.size());
                   for (const auto& row : rows)
                     documents.push_back({row[0].c_str(), row[1].c_str()});
                   return documents;
                 });
}

expected<std::vector<parked_event>> view_writer::parked(position after,
                                                        std::size_t limit) {
  if (auto fits = check_page(limit, limits::page_parked_max); !fits)
    return failure_of(fits);
  return attempt(connection_, "list what " + name_of(view_) + " has parked",
                 [&] { return list_parked(connection_, view_, after, limit); });
}

expected<view_orders> view_writer::orders() {
  return attempt(connection_, "find orders for " + name_of(view_),
                 [&]() -> expected<view_orders> {
                   const auto rows = connection_.run(
                     "find_orders", view_.name, view_.version,
                     static_cast<std::int64_t>(limits::page_parked_max));
                   if (rows.empty())
                     return no_view(view_);
                   auto wished = parked_in(rows);
                   if (!wished)
                     return failure_of(wished);
                   view_orders asked{{}, *std::move(wished)};
                   if (const auto why = rows.front()[8]; !why.is_null())
                     asked.paused = why.c_str();
                   return asked;
                 });
}

expected<void> view_writer::pause(const std::string& why) {
  if (auto fits = check_pause(why); !fits)
    return fits;
  return attempt(connection_, "pause " + name_of(view_),
                 [&] { return set_paused(connection_, view_, why.c_str()); });
}

expected<void> view_writer::commit(const view_commit& page) {
  if (auto fits = check_commit(page); !fits)
    return fits;
  return attempt(
    connection_, "write documents of " + name_of(view_),
    [&]() -> expected<void> {
      const bool is_plain = page.parked.empty() && page.released.empty();
      if (is_plain ? write_documents(page) : write_page(page))
        return {};
      return failure(errc::not_owner,
                     name_of(view_) + " is not at position "
                       + std::to_string(page.from.value())
                       + (is_plain ? "" : " with these events parked")
                       + " any more: another process works on it");
    });
}

/// What nearly every page comes to.
bool view_writer::write_documents(const view_commit& page) {
  const auto moved = connection_.run("commit_documents", view_.name,
                                     view_.version, page.from.value(),
                                     page.to.value(),
                                     array_of(page.changed, key_of),
                                     array_of(page.changed, data_of));
  return number_in(moved.at(0).at(0)) == 1;
}

bool view_writer::write_page(const view_commit& page) {
  const auto of_parked = [&](auto pick) { return array_of(page.parked, pick); };
  const auto moved = connection_.run(
    "commit_page", view_.name, view_.version, page.from.value(),
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

} // namespace cafes::store::postgres
