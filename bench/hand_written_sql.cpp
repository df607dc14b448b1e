// SPDX-License-Identifier: MIT
#include "bench/hand_written_sql.hpp"

#include "bench/accounts.hpp"
#include "bench/postgres.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <pqxx/except>
#include <pqxx/result>
#include <pqxx/transaction>

#include <stdexcept>

namespace cafes::bench {

namespace {

constexpr auto create_table = R"(
  CREATE TABLE account_events (
    stream text NOT NULL, version int NOT NULL, type text NOT NULL,
    command_id uuid, recorded_at timestamptz NOT NULL DEFAULT now(),
    data jsonb NOT NULL,
    PRIMARY KEY (stream, version)))";
// In order of version, as if the accounts had been used side by side.
constexpr auto fill_table = R"(
  INSERT INTO account_events (stream, version, type, command_id, data)
  SELECT 'account-' || account, version,
    CASE version WHEN 1 THEN 'opened' ELSE 'deposited' END,
    gen_random_uuid(), '{}'
  FROM generate_series(1, {}) AS version, generate_series(0, {}) AS account)";
constexpr auto select_events
  = "SELECT version, type, data FROM account_events WHERE stream = $1 "
    "ORDER BY version";
constexpr auto insert_event
  = "INSERT INTO account_events (stream, version, type, command_id, data) "
    "VALUES ($1, $2, $3, $4, $5)";

} // namespace

void make_hand_written_table(const std::string& conninfo, std::size_t accounts,
                             std::size_t events_each) {
  const auto on = connect(conninfo);
  run(on, create_table);
  run(on, fmt::format(fill_table, deposited_data(), events_each, accounts - 1));
  run(on, "VACUUM ANALYZE account_events");
  run(on, "CHECKPOINT");
}

hand_written_sql::hand_written_sql(const std::string& conninfo,
                                   std::size_t accounts, std::uint64_t seed)
  : session_{std::make_unique<pqxx::connection>(conninfo)},
    accounts_{accounts},
    random_{seed} {
  session_->prepare("select_events", select_events);
  session_->prepare("insert_event", insert_event);
}

void hand_written_sql::deposit() {
  const auto stream = fmt::format("account-{}", random_.below(accounts_));
  while (!try_deposit(stream)) {
  }
}

bool hand_written_sql::try_deposit(const std::string& stream) {
  try {
    pqxx::work transaction{*session_};
    const auto events = transaction.exec_prepared("select_events", stream);
    bool is_open = false;
    std::int64_t balance = 0;
    int version = 0;
    for (const auto& row : events) {
      version = row[0].as<int>();
      const std::string type = row[1].c_str();
      is_open = is_open || type == "opened";
      const auto data = nlohmann::json::parse(row[2].c_str());
      if (type == "deposited")
        balance += data.at("amount").get<std::int64_t>();
    }
    const auto& asked = deposit_of_usual_size();
    if (!is_open || balance + asked.amount.count() < balance)
      throw std::runtime_error{stream + " takes no deposit"};
    const nlohmann::ordered_json happened{{"amount", asked.amount.count()},
                                          {"reference", asked.reference}};
    transaction.exec_prepared("insert_event", stream, version + 1, "deposited",
                              to_string(random_.id()), happened.dump());
    transaction.commit();
    return true;
  } catch (const pqxx::unique_violation&) {
    return false;
  }
}

} // namespace cafes::bench
