// SPDX-License-Identifier: MIT
#include "bench/bare_sqlite.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

namespace cafes::bench {

namespace {

constexpr auto configure = R"(
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA mmap_size = 0;
  PRAGMA cache_size = -16384;
  PRAGMA wal_autocheckpoint = 4096;
  PRAGMA journal_size_limit = 67108864)";
constexpr auto insert_event = R"(
  INSERT INTO events (position, stream_id, version, type_id, recorded_at,
    command_id, data)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7))";
constexpr std::int64_t year_2000_us = 946'684'800'000'000;

sqlite3* open(const std::string& file) {
  sqlite3* made = nullptr;
  const auto code = sqlite3_open_v2(file.c_str(), &made, SQLITE_OPEN_READWRITE,
                                    nullptr);
  if (code != SQLITE_OK) {
    sqlite3_close(made);
    throw std::runtime_error{file + ": " + sqlite3_errstr(code)};
  }
  return made;
}

} // namespace

bare_sqlite::bare_sqlite(const std::string& file, std::string_view type_name,
                         std::string data)
  : database_{open(file)},
    rows_{rows_after(type_name)},
    insert_{prepare(insert_event)},
    data_{std::move(data)} {
  run_sql(configure);
}

load_report bare_sqlite::run(std::size_t batch_rows, seconds round) {
  using clock = std::chrono::steady_clock;
  const auto count = static_cast<std::size_t>(rows_per_second_ * round.count())
                     + batch_rows;
  std::vector<event_row> ready;
  ready.reserve(count);
  while (ready.size() < count)
    ready.push_back(rows_.next());
  load_report report;
  const auto started = clock::now();
  auto before = started;
  for (std::size_t at = 0; at + batch_rows <= count; at += batch_rows) {
    run_sql("BEGIN IMMEDIATE");
    for (std::size_t row = at; row < at + batch_rows; ++row)
      insert(ready[row]);
    run_sql("COMMIT");
    const auto now = clock::now();
    report.latency->record(now - before);
    report.accepted += batch_rows;
    before = now;
    if (now - started >= round)
      break;
  }
  report.took = before - started;
  rows_per_second_ = std::max(rows_per_second_, report.rate() * 1.2);
  return report;
}

bare_sqlite::statement bare_sqlite::prepare(const std::string& sql) const {
  sqlite3_stmt* made = nullptr;
  if (sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &made, nullptr)
      != SQLITE_OK)
    throw std::runtime_error{sqlite3_errmsg(database_.get())};
  return statement{made};
}

void bare_sqlite::run_sql(const std::string& sql) const {
  if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr)
      != SQLITE_OK)
    throw std::runtime_error{sqlite3_errmsg(database_.get())};
}

std::int64_t bare_sqlite::number(const std::string& sql) const {
  const auto asked = prepare(sql);
  if (sqlite3_step(asked.get()) != SQLITE_ROW)
    throw std::runtime_error{"no row: " + sql};
  return sqlite3_column_int64(asked.get(), 0);
}

event_rows bare_sqlite::rows_after(std::string_view type_name) const {
  const auto ends = prepare("SELECT stream_id, max(version) FROM events "
                            "GROUP BY stream_id ORDER BY stream_id");
  std::vector<event_rows::stream_end> streams;
  while (sqlite3_step(ends.get()) == SQLITE_ROW)
    streams.push_back(
      {sqlite3_column_int64(ends.get(), 0), sqlite3_column_int(ends.get(), 1)});
  const auto type = number("SELECT type_id FROM event_types WHERE name = '"
                           + std::string{type_name} + "'");
  return {std::move(streams), number("SELECT max(position) FROM events"),
          static_cast<std::int32_t>(type)};
}

void bare_sqlite::insert(const event_row& row) const {
  auto* const into = insert_.get();
  const auto& id = row.command_id.bytes;
  const std::int64_t numbers[] = {row.position, row.stream_id, row.version,
                                  row.type_id, row.recorded_at + year_2000_us};
  int bind = 0;
  for (const auto value : numbers)
    sqlite3_bind_int64(into, ++bind, value);
  sqlite3_bind_blob(into, ++bind, id.data(), static_cast<int>(id.size()),
                    SQLITE_STATIC);
  sqlite3_bind_text(into, ++bind, data_.data(), static_cast<int>(data_.size()),
                    SQLITE_STATIC);
  if (sqlite3_step(into) != SQLITE_DONE)
    throw std::runtime_error{sqlite3_errmsg(database_.get())};
  sqlite3_reset(into);
}

} // namespace cafes::bench
