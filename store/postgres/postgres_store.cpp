// SPDX-License-Identifier: MIT
#include "store/postgres/postgres_store.hpp"

#include "store/postgres/advisory_lock.hpp"
#include "store/postgres/copy_rows.hpp"
#include "store/postgres/event_rows.hpp"
#include "store/postgres/log_connection.hpp"
#include "store/postgres/log_reader.hpp"
#include "store/postgres/schema.hpp"
#include "store/postgres/snapshot_writer.hpp"
#include "store/postgres/translate_error.hpp"
#include "store/postgres/view_operator.hpp"
#include "store/postgres/view_reader.hpp"
#include "store/postgres/view_writer.hpp"

#include <pqxx/row>

#include <string_view>
#include <utility>

namespace cafes::store::postgres {

namespace {

class postgres_store : public log_store {
public:
  postgres_store(conninfo where, payload_format payload)
    : where_{std::move(where)}, payload_{payload} {}

  /// Errors: unavailable, invalid_argument.
  [[nodiscard]] expected<void> reach();

  [[nodiscard]] expected<void> migrate() override;
  [[nodiscard]] expected<store_summary> summary() override;
  [[nodiscard]] expected<std::unique_ptr<log_writer_session>>
  open_writer() override;
  [[nodiscard]] expected<std::unique_ptr<store::log_reader>>
  open_reader() override;
  [[nodiscard]] expected<std::unique_ptr<store::snapshot_writer>>
  open_snapshot_writer() override;
  [[nodiscard]] expected<std::unique_ptr<store::view_writer>>
  open_view_writer(const view_identity& view) override;
  [[nodiscard]] expected<std::unique_ptr<store::view_reader>>
  open_view_reader() override;
  [[nodiscard]] expected<std::unique_ptr<store::view_operator>>
  open_view_operator() override;

private:
  conninfo where_;
  payload_format payload_;
};

std::vector<sql::embedded> summary_statements() {
  auto all = schema_statements();
  all.push_back({"summarize", sql::summarize});
  all.push_back({"find_types", sql::find_types});
  return all;
}

void count_log(connection& on, store_summary& held) {
  const auto row = on.run("summarize", log_number).at(0);
  held.streams = number_in(row[0]);
  // Positions have no gaps.
  held.head = position{number_in(row[1])};
  held.events = held.head.value();
  held.epoch = epoch{number_in(row[2])};
  held.owner = row[3].c_str();
  for (const auto& type : on.run("find_types"))
    held.event_types.push_back(
      {type[1].c_str(), static_cast<int>(number_in(type[2])), type[3].c_str()});
}

expected<void> postgres_store::reach() {
  connection on{where_, {}};
  if (auto opened = on.open(); !opened)
    return opened;
  const auto* encoding = PQparameterStatus(on.handle(), "server_encoding");
  if (encoding == nullptr || std::string_view{encoding} != "UTF8")
    return failure(errc::invalid_argument,
                   on.place()
                     + " is not encoded in UTF8: create a database "
                       "with ENCODING 'UTF8'");
  return {};
}

expected<void> postgres_store::migrate() {
  auto statements = schema_statements();
  for (const auto& more : lock_statements())
    statements.push_back(more);
  connection on{where_, std::move(statements)};
  if (auto opened = on.open(); !opened)
    return opened;
  return migrate_schema(on, payload_);
}

expected<store_summary> postgres_store::summary() {
  connection on{where_, summary_statements()};
  if (auto opened = on.open(); !opened)
    return failure_of(opened);
  const auto schema = read_schema(on);
  if (!schema)
    return unexpected<>{schema.error()};
  store_summary held;
  held.backend = "postgresql";
  held.place = on.place();
  held.schema_version = schema->number;
  held.payload = schema->payload;
  if (schema->number == 0)
    return held;
  return attempt(on, "summarize", [&]() -> expected<store_summary> {
    count_log(on, held);
    return held;
  });
}

expected<std::unique_ptr<log_writer_session>> postgres_store::open_writer() {
  return std::make_unique<log_writer_session>(
    std::make_unique<log_connection>(where_));
}

expected<std::unique_ptr<store::log_reader>> postgres_store::open_reader() {
  return std::make_unique<log_reader>(where_);
}

expected<std::unique_ptr<store::snapshot_writer>>
postgres_store::open_snapshot_writer() {
  return std::make_unique<snapshot_writer>(where_);
}

expected<std::unique_ptr<store::view_writer>>
postgres_store::open_view_writer(const view_identity& view) {
  return std::make_unique<view_writer>(where_, view);
}

expected<std::unique_ptr<store::view_reader>>
postgres_store::open_view_reader() {
  return std::make_unique<view_reader>(where_);
}

expected<std::unique_ptr<store::view_operator>>
postgres_store::open_view_operator() {
  return std::make_unique<view_operator>(where_);
}

} // namespace

expected<std::unique_ptr<log_store>>
open_postgres_store(const std::string& dsn, payload_format payload) {
  auto where = read_conninfo(dsn);
  if (!where)
    return failure_of(where);
  auto store = std::make_unique<postgres_store>(*std::move(where), payload);
  if (auto reached = store->reach(); !reached)
    return failure_of(reached);
  return store;
}

} // namespace cafes::store::postgres
