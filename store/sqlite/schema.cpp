// SPDX-License-Identifier: MIT
#include "store/sqlite/schema.hpp"

#include "store/sqlite/migrations.hpp"
#include "store/sqlite/sql.hpp"
#include "store/sqlite/transaction.hpp"

#include <cafes/timestamp.hpp>

#include <array>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace cafes::store::sqlite {

namespace {

constexpr int newest = static_cast<int>(std::size(migrations::all));

/// "cafe", set by the first migration.
constexpr std::int64_t our_application_id = 0x63616665;

struct identity {
  std::int64_t application_id;
  int version;
  std::int64_t objects;
};

identity read_identity(database& db) {
  auto row = db.prepare(sql::identity);
  if (!row.step())
    return {};
  return {row.integer(0), static_cast<int>(row.integer(1)), row.integer(2)};
}

unexpected<error> newer(int version) {
  return failure(errc::incompatible_schema,
                 "the store has schema version " + std::to_string(version)
                   + ", this program knows up to " + std::to_string(newest)
                   + ": use a newer program");
}

/// FNV-1a, 64 bits: it has to notice an edit, not an attack.
std::string checksum_of(std::string_view text) {
  std::uint64_t sum = 0xcbf29ce484222325;
  for (const char byte : text)
    sum = (sum ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  constexpr std::string_view digits = "0123456789abcdef";
  std::string shown;
  for (int shift = 60; shift >= 0; shift -= 4)
    shown += digits[(sum >> shift) & 0xf];
  return shown;
}

/// A migration that was edited after its release has left a schema that
/// nobody knows.
expected<void> check_applied(database& db, int version) {
  auto applied = db.prepare(sql::applied_migrations);
  for (int number = 1; number <= version; ++number) {
    const auto& ours = migrations::all[number - 1];
    if (!applied.step() || applied.integer(0) != number
        || applied.text(1) != ours.name
        || applied.text(2) != checksum_of(ours.text))
      return failure(errc::incompatible_schema,
                     "migration " + std::string{ours.name}
                       + " is not the one that was applied to this store: "
                         "use the program that made it, or a newer release");
  }
  return {};
}

void apply(database& db, int number) {
  const auto& migration = migrations::all[number - 1];
  transaction work{db, transaction::kind::write};
  db.run(migration.text);
  const std::string name{migration.name};
  const auto checksum = checksum_of(migration.text);
  const auto applied_at = to_string(now());
  db.prepare(sql::insert_migration)
    .bind(number, name, checksum, applied_at)
    .run();
  // A pragma takes no parameters.
  db.run("PRAGMA user_version = " + std::to_string(number));
  work.commit();
}

} // namespace

int schema_version(database& db) {
  return read_identity(db).version;
}

expected<void> check_identity(database& db) {
  const auto found = read_identity(db);
  const bool ours = found.application_id == our_application_id;
  const bool empty = found.objects == 0 && found.version == 0
                     && found.application_id == 0;
  if (!ours && !empty)
    return failure(errc::invalid_argument,
                   "this SQLite database belongs to another program: choose "
                   "another file");
  return {};
}

expected<void> check_schema(database& db) {
  const int version = schema_version(db);
  if (version > newest)
    return newer(version);
  if (version < newest)
    return failure(errc::incompatible_schema,
                   "the store has schema version " + std::to_string(version)
                     + ", this program needs " + std::to_string(newest)
                     + ": migrate the store");
  return {};
}

expected<void> migrate(database& db) {
  const int version = schema_version(db);
  if (version > newest)
    return newer(version);
  if (version > 0)
    if (auto same = check_applied(db, version); !same)
      return same;
  for (int number = version + 1; number <= newest; ++number)
    apply(db, number);
  return {};
}

} // namespace cafes::store::sqlite
