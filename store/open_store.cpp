// SPDX-License-Identifier: MIT
#include "store/log_store.hpp"
#include "store/memory/memory_store.hpp"
#include "store/postgres/postgres_store.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace cafes::store {

expected<std::unique_ptr<log_store>> open_store(std::string_view dsn,
                                                payload_format payload) {
  constexpr std::string_view sqlite_form = "sqlite:";
  if (dsn == "memory:")
    return std::make_unique<memory::memory_store>();
  if (dsn.starts_with(sqlite_form))
    return sqlite::open_sqlite_store(
      std::string{dsn.substr(sqlite_form.size())});
  const bool is_uri = dsn.starts_with("postgresql://")
                      || dsn.starts_with("postgres://");
  if (is_uri || dsn.find('=') != std::string_view::npos)
    return postgres::open_postgres_store(std::string{dsn}, payload);
  return failure(errc::invalid_argument,
                 "\"" + std::string{dsn.substr(0, 80)}
                   + "\" is no store: expected sqlite:PATH, memory:, "
                     "postgresql://… or a libpq conninfo such as "
                     "\"host=… dbname=…\"");
}

} // namespace cafes::store
