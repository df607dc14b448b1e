// SPDX-License-Identifier: MIT
#include "tests/support/stored_log.hpp"

#include <pqxx/connection>
#include <pqxx/except>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <pqxx/strconv>

#include <utility>

namespace cafes::test {

namespace {

constexpr const char* select_events = R"(
SELECT position, category || '-' || key, version, name,
  coalesce(command_id::text, ''),
  coalesce((data->>'amount')::bigint, (data->>'overdraft_limit')::bigint, 0),
  coalesce(data->>'reference', '')
FROM events LEFT JOIN streams USING (stream_id) LEFT JOIN event_types
  USING (type_id)
ORDER BY position)";

// Each row is found through each of its indexes.
constexpr const char* count_lost_rows = R"(
SELECT count(*) FROM events AS e
WHERE NOT EXISTS (SELECT FROM events AS f WHERE f.log_id = e.log_id
    AND f.position = e.position)
  OR NOT EXISTS (SELECT FROM events AS f WHERE f.stream_id = e.stream_id
    AND f.version = e.version))";

class postgres_log final : public stored_log {
public:
  explicit postgres_log(std::string conninfo)
    : conninfo_{std::move(conninfo)} {}

  [[nodiscard]] std::int64_t head() override {
    const auto found = ask("SELECT max(position) FROM events");
    return found.empty() ? 0 : found.at(0).at(0).as<std::int64_t>(0);
  }

  [[nodiscard]] std::vector<stored_event> events() override {
    std::vector<stored_event> all;
    for (const auto& row : ask(select_events))
      all.push_back({row.at(0).as<std::int64_t>(), row.at(1).c_str(),
                     row.at(2).as<std::int64_t>(), row.at(3).c_str(),
                     row.at(4).c_str(), row.at(5).as<std::int64_t>(),
                     row.at(6).c_str()});
    return all;
  }

  [[nodiscard]] std::string integrity() override {
    const auto lost = ask(count_lost_rows).at(0).at(0).as<std::int64_t>();
    return lost == 0 ? "ok" : std::to_string(lost) + " rows miss in an index";
  }

private:
  /// Nothing where there is no such table yet.
  pqxx::result ask(const char* statement) {
    if (!session_)
      session_ = std::make_unique<pqxx::connection>(conninfo_);
    try {
      return pqxx::nontransaction{*session_}.exec(statement);
    } catch (const pqxx::undefined_table&) {
      return {};
    } catch (const pqxx::broken_connection&) {
      session_.reset(); // the server may come back
      throw;
    }
  }

  std::string conninfo_;
  std::unique_ptr<pqxx::connection> session_;
};

} // namespace

std::unique_ptr<stored_log> open_postgres_log(const std::string& conninfo) {
  return std::make_unique<postgres_log>(conninfo);
}

} // namespace cafes::test
