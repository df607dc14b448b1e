// SPDX-License-Identifier: MIT
#include "tests/support/stored_log.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace cafes::test {

namespace {

constexpr const char* select_rows_of_file = R"(
SELECT position, category || '-' || key, version, name, hex(command_id),
  coalesce(json_extract(data, '$.amount'),
    json_extract(data, '$.overdraft_limit'), 0),
  coalesce(json_extract(data, '$.reference'), '')
FROM events LEFT JOIN streams USING (stream_id) LEFT JOIN event_types
  USING (type_id)
ORDER BY position)";

class sqlite_log final : public stored_log {
public:
  explicit sqlite_log(std::string path) : path_{std::move(path)} {}

  [[nodiscard]] std::int64_t head() override {
    std::int64_t found = 0;
    if (is_made())
      each("SELECT coalesce(max(position), 0) FROM events",
           [&](sqlite3_stmt* row) { found = sqlite3_column_int64(row, 0); });
    return found;
  }

  [[nodiscard]] std::vector<stored_event> events() override {
    std::vector<stored_event> all;
    if (is_made())
      each(select_rows_of_file, [&](sqlite3_stmt* row) {
        all.push_back({sqlite3_column_int64(row, 0), text(row, 1),
                       sqlite3_column_int64(row, 2), text(row, 3), text(row, 4),
                       sqlite3_column_int64(row, 5), text(row, 6)});
      });
    return all;
  }

  [[nodiscard]] std::string integrity() override {
    std::string found;
    each("PRAGMA integrity_check",
         [&](sqlite3_stmt* row) { found += text(row, 0); });
    return found;
  }

private:
  using session = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;

  [[nodiscard]] bool is_made() {
    bool found = false;
    if (std::filesystem::exists(path_))
      each("SELECT 1 FROM sqlite_schema WHERE name = 'events'",
           [&](sqlite3_stmt*) { found = true; });
    return found;
  }

  /// A session of its own each time: none may be left when the store is
  /// opened after a crash, for the recovery belongs to the program under test.
  template <class Action>
  void each(const char* sql, Action act) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(path_.c_str(), &opened,
                                     SQLITE_OPEN_READONLY, nullptr);
    const session owned{opened, &sqlite3_close};
    must(code == SQLITE_OK, opened);
    sqlite3_busy_timeout(opened, 10'000);
    must(sqlite3_db_config(opened, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr)
           == SQLITE_OK,
         opened);
    sqlite3_stmt* prepared = nullptr;
    must(sqlite3_prepare_v2(opened, sql, -1, &prepared, nullptr) == SQLITE_OK,
         opened);
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement{
      prepared, &sqlite3_finalize};
    int step = 0;
    while ((step = sqlite3_step(prepared)) == SQLITE_ROW)
      act(prepared);
    must(step == SQLITE_DONE, opened);
  }

  void must(bool succeeded, sqlite3* from) const {
    if (!succeeded)
      throw std::runtime_error{path_ + ": " + sqlite3_errmsg(from)};
  }

  static std::string text(sqlite3_stmt* row, int column) {
    const auto* found = sqlite3_column_blob(row, column);
    return found == nullptr ? ""
                            : std::string{static_cast<const char*>(found),
                                          static_cast<std::size_t>(
                                            sqlite3_column_bytes(row, column))};
  }

  std::string path_;
};

} // namespace

std::unique_ptr<stored_log> open_sqlite_log(const std::string& path) {
  return std::make_unique<sqlite_log>(path);
}

} // namespace cafes::test
