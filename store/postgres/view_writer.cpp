// SPDX-License-Identifier: MIT
#include "store/postgres/view_writer.hpp"

#include "store/page_limits.hpp"
#include "store/postgres/advisory_lock.hpp"
#include "store/postgres/copy_rows.hpp"
#include "store/postgres/event_rows.hpp"
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
  for (const auto& more : {lock_statements(), schema_statements()})
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

expected<void> view_writer::commit(position from, position to,
                                   std::span<const keyed_document> changed) {
  return attempt(
    connection_, "write documents of " + name_of(view_),
    [&]() -> expected<void> {
      const auto moved = connection_.run(
        "commit_documents", view_.name, view_.version, from.value(), to.value(),
        array_of(changed,
                 [](const auto& one) { return std::string_view{one.key}; }),
        array_of(changed,
                 [](const auto& one) { return std::string_view{one.data}; }));
      if (number_in(moved.at(0).at(0)) == 1)
        return {};
      return failure(errc::not_owner,
                     name_of(view_) + " is not at position "
                       + std::to_string(from.value())
                       + " any more: another process works on it");
    });
}

} // namespace cafes::store::postgres
