// SPDX-License-Identifier: MIT
#include "store/postgres/schema.hpp"

#include "store/postgres/advisory_lock.hpp"
#include "store/postgres/migrations.hpp"
#include "store/postgres/placeholders.hpp"
#include "store/postgres/text_array.hpp"
#include "store/postgres/translate_error.hpp"

#include <pqxx/transaction>

#include <chrono>
#include <iterator>

namespace cafes::store::postgres {

namespace {

constexpr std::chrono::minutes migration_wait{1};

constexpr int latest = static_cast<int>(std::size(migrations::all));

const migrations::embedded& migration(int number) {
  return migrations::all[number - 1];
}

/// Compares what has been applied with what this program holds.
expected<int> applied(connection& on) {
  text_array numbers;
  text_array texts;
  for (int number = 1; number <= latest; ++number) {
    numbers.add(std::int64_t{number});
    texts.add(migration(number).text);
  }
  const auto rows = on.run("find_migrations", numbers.literal(),
                           texts.literal());
  for (const auto& row : rows) {
    const auto number = row.at(0).as<int>();
    if (row.at(2).as<bool>())
      return failure(errc::incompatible_schema,
                     "the PostgreSQL schema has migration "
                       + std::to_string(number) + ", this program knows "
                       + std::to_string(latest) + ": upgrade the program");
    if (!row.at(3).as<bool>())
      return failure(errc::incompatible_schema,
                     std::string{"migration "} + row.at(1).c_str()
                       + " was applied with another text than this program "
                         "has: run the program that belongs to the schema");
  }
  return static_cast<int>(rows.size());
}

void apply(connection& on, int number, payload_format payload) {
  const auto& [name, text] = migration(number);
  const auto* type = payload == payload_format::jsonb ? "jsonb" : "json";
  pqxx::work change{on.session()};
  change.exec(replaced(text, ":payload", type));
  change.exec_prepared("record_migration", number, std::string{name},
                       std::string{text});
  change.commit();
}

expected<std::string> lock_schema(connection& on) {
  const auto found = on.run("migration_lock");
  if (found.at(0).at(0).is_null())
    return failure(errc::invalid_argument,
                   "PostgreSQL: search_path names no schema that exists: "
                   "create it, or correct the DSN");
  std::string key = found.at(0).at(0).c_str();
  if (!lock(on, key, migration_wait))
    return failure(errc::unavailable,
                   "PostgreSQL: another process has been migrating for a "
                   "minute (server process "
                     + holder_of_lock(on, key) + ")");
  return key;
}

expected<void> apply_missing(connection& on, payload_format payload) {
  pqxx::nontransaction{on.session()}.exec(
    std::string{sql::create_schema_table});
  const auto before = applied(on);
  if (!before)
    return unexpected<>{before.error()};
  for (int number = *before + 1; number <= latest; ++number)
    apply(on, number, payload);
  return {};
}

} // namespace

std::vector<sql::embedded> schema_statements() {
  return {{"has_schema", sql::has_schema},
          {"find_payload", sql::find_payload},
          {"find_migrations", sql::find_migrations},
          {"record_migration", sql::record_migration},
          {"migration_lock", sql::migration_lock}};
}

expected<schema_state> read_schema(connection& on) {
  return attempt(on, "read the schema", [&]() -> expected<schema_state> {
    if (!on.run("has_schema").at(0).at(0).as<bool>())
      return schema_state{};
    const auto number = applied(on);
    if (!number)
      return unexpected<>{number.error()};
    if (*number == 0)
      return schema_state{};
    return schema_state{*number, on.run("find_payload").at(0).at(0).c_str()};
  });
}

expected<schema_state> require_schema(connection& on) {
  auto found = read_schema(on);
  if (found && found->number == 0)
    return failure(errc::incompatible_schema,
                   "PostgreSQL: search_path leads to no store yet: migrate it "
                   "first");
  if (found && found->number < latest)
    return failure(errc::incompatible_schema,
                   "the PostgreSQL schema has migration "
                     + std::to_string(found->number) + ", this program needs "
                     + std::to_string(latest) + ": migrate the store");
  return found;
}

expected<void> migrate_schema(connection& on, payload_format payload) {
  return attempt(on, "migrate", [&]() -> expected<void> {
    auto key = lock_schema(on);
    if (!key)
      return failure_of(key);
    auto migrated = apply_missing(on, payload);
    unlock(on, *key);
    return migrated;
  });
}

} // namespace cafes::store::postgres
