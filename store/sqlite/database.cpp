// SPDX-License-Identifier: MIT
#include "store/sqlite/database.hpp"

#include "store/sqlite/sqlite_error.hpp"

#include <sqlite3.h>

#include <string>
#include <utility>

namespace cafes::store::sqlite {

namespace {

/// Some 30 statements of the store, and 5 for each view.
constexpr std::size_t prepared_max = 200;

/// Only programs from outside are waited for: within the process the writing
/// connection has its own queue, and readers of a WAL never wait.
constexpr int busy_timeout_ms = 5'000;

int flags_of(access wanted) {
  // Each connection is used by one thread at a time: no mutex of its own.
  constexpr int always = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  switch (wanted) {
    case access::read:
      return always | SQLITE_OPEN_READONLY;
    case access::write:
      return always | SQLITE_OPEN_READWRITE;
    case access::create:
      break;
  }
  return always | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
}

} // namespace

database::database(const std::filesystem::path& file, access wanted) {
  const int code = sqlite3_open_v2(file.c_str(), &at_, flags_of(wanted),
                                   nullptr);
  try {
    if (code != SQLITE_OK)
      throw sqlite_error{at_, code};
    configure(wanted);
  } catch (...) {
    sqlite3_close_v2(at_);
    throw;
  }
}

database::~database() {
  prepared_.clear();
  sqlite3_close_v2(at_);
}

/// A file from elsewhere must not make us run code that it brings along.
void database::configure(access wanted) {
  sqlite3_busy_timeout(at_, busy_timeout_ms);
  for (const auto& [option, on] : {
         std::pair{SQLITE_DBCONFIG_DEFENSIVE, 1},
         std::pair{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
         std::pair{SQLITE_DBCONFIG_DQS_DML, 0},
         std::pair{SQLITE_DBCONFIG_DQS_DDL, 0},
         std::pair{SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
         // Closing a reader must not checkpoint: two connections that write
         // or checkpoint at once can damage the file (SQLite below 3.51.3).
         std::pair{SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
                   wanted == access::read ? 1 : 0},
       })
    if (const int code = sqlite3_db_config(at_, option, on, nullptr);
        code != SQLITE_OK)
      throw sqlite_error{at_, code};
}

statement database::prepare(std::string_view sql) {
  if (const auto found = prepared_.find(sql); found != prepared_.end())
    return statement{*this, prepared_.extract(found)};
  sqlite3_stmt* made = nullptr;
  const int code
    = sqlite3_prepare_v3(at_, sql.data(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &made, nullptr);
  if (code != SQLITE_OK)
    throw sqlite_error{at_, code};
  statement_cache fresh;
  fresh.emplace(sql, made);
  return statement{*this, fresh.extract(fresh.begin())};
}

void database::keep(statement_cache::node_type prepared) {
  if (prepared_.size() < prepared_max)
    prepared_.insert(std::move(prepared));
}

void database::run(std::string_view script) {
  const int code = sqlite3_exec(at_, std::string{script}.c_str(), nullptr,
                                nullptr, nullptr);
  if (code != SQLITE_OK)
    throw sqlite_error{at_, code};
}

std::int64_t database::changes() const {
  return sqlite3_changes64(at_);
}

bool database::in_transaction() const {
  return sqlite3_get_autocommit(at_) == 0;
}

bool database::write_protected() const {
  return sqlite3_db_readonly(at_, "main") == 1;
}

} // namespace cafes::store::sqlite
