// SPDX-License-Identifier: MIT
#include "store/postgres/view_writer.hpp"

#include "store/page_limits.hpp"
#include "store/parked_rows.hpp"
#include "store/postgres/advisory_lock.hpp"
#include "store/postgres/copy_rows.hpp"
#include "store/postgres/event_rows.hpp"
#include "store/postgres/parked_table.hpp"
#include "store/postgres/text_array.hpp"
#include "store/postgres/translate_error.hpp"
#include "store/postgres/view_table.hpp"

#include <cafes/limits.hpp>

#include <pqxx/row>
#include <pqxx/transaction>

#include <utility>

namespace cafes::store::postgres {

namespace {

std::vector<sql::embedded> statements() {
  std::vector<sql::embedded> all{{"view_lock", sql::view_lock},
                                 {"insert_checkpoint", sql::insert_checkpoint},
                                 {"find_checkpoint", sql::find_checkpoint}};
  for (const auto& more :
       {lock_statements(), schema_statements(), parked_statements()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

std::string name_of(const view_identity& view) {
  return view.name + " v" + std::to_string(view.version);
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
  connection_.prepare("commit_parked",
                      for_view(sql::commit_parked, view_, schema->payload));
  auto found = find_or_create(schema->payload);
  if (!found)
    return failure_of(found);
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
  return attempt(connection_, "read parked events of " + name_of(view_),
                 [&] { return read_parked(connection_, view_, after, limit); });
}

expected<view_orders> view_writer::orders() {
  return attempt(connection_, "look for orders to " + name_of(view_),
                 [&] { return find_orders(connection_, view_); });
}

expected<void> view_writer::pause(const std::string& why) {
  return attempt(connection_, "pause " + name_of(view_),
                 [&] { return set_paused(connection_, view_, why.c_str()); });
}

expected<void> view_writer::commit(const view_commit& page) {
  if (auto fits = check_parked(page); !fits)
    return fits;
  return attempt(connection_, "write documents of " + name_of(view_),
                 [&]() -> expected<void> {
                   if (number_in(write(page).at(0).at(0)) == 1)
                     return {};
                   return failure(
                     errc::not_owner,
                     name_of(view_) + " is not at position "
                       + std::to_string(page.from.value())
                       + " any more, or has not parked what was released: "
                         "another process works on it");
                 });
}

/// Seldom is anything parked, and then the shorter statement does.
pqxx::result view_writer::write(const view_commit& page) {
  using std::string_view;
  const auto keys = array_of(page.changed, [](const auto& one) {
    return string_view{one.key};
  });
  const auto documents = array_of(page.changed, [](const auto& one) {
    return string_view{one.data};
  });
  const auto from = page.from.value();
  const auto to = page.to.value();
  if (page.parked.empty() && page.released.empty())
    return connection_.run("commit_documents", view_.name, view_.version, from,
                           to, keys, documents);
  const auto parked = [&](auto pick) { return array_of(page.parked, pick); };
  return connection_.run(
    "commit_parked", view_.name, view_.version, from, to, keys, documents,
    array_of(page.released, [](const auto& at) { return at.value(); }),
    parked([](const auto& one) { return one.at.value(); }),
    parked([](const auto& one) { return string_view{one.key}; }),
    parked(
      [](const auto& one) { return string_view{one.is_stream ? "t" : "f"}; }),
    parked([](const auto& one) { return to_string(one.reason); }),
    parked([](const auto& one) { return string_view{one.message}; }),
    parked([](const auto& one) { return one.attempts; }),
    parked([](const auto& one) -> std::int64_t {
      return one.parked_at.time_since_epoch().count();
    }),
    parked([](const auto& one) { return to_string(one.wish); }));
}

} // namespace cafes::store::postgres
