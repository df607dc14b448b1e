// SPDX-License-Identifier: MIT
#include "bench/naive_loop.hpp"

#include "bench/postgres.hpp"

#include <array>
#include <cstdint>
#include <stdexcept>

namespace cafes::bench {

namespace {

/// The balance rides along in the event, so that one row is enough to decide.
constexpr auto create_table = R"(
  CREATE TABLE naive_events(
    account text, version int, type text, amount bigint, balance bigint,
    data jsonb, recorded_at timestamptz DEFAULT now(),
    PRIMARY KEY(account, version)))";
constexpr auto select_newest = R"(
  SELECT version, balance FROM naive_events WHERE account = $1
  ORDER BY version DESC LIMIT 1)";
constexpr auto insert_event = R"(
  INSERT INTO naive_events(account, version, type, amount, balance, data)
  VALUES ($1, $2, $3, $4, $5,
    jsonb_build_object('amount', $4::bigint, 'reference', $6::text)))";

void import_row(const session& on, const bank::transaction& row) {
  const std::array select_binds{row.account.c_str()};
  const auto newest
    = checked(PQexecPrepared(on.get(), "newest", 1, select_binds.data(),
                             nullptr, nullptr, 0),
              PGRES_TUPLES_OK);
  const bool known = PQntuples(newest.get()) > 0;
  const std::int64_t version
    = known ? std::stoll(PQgetvalue(newest.get(), 0, 0)) : 0;
  const bank::cents held{known ? std::stoll(PQgetvalue(newest.get(), 0, 1))
                               : 0};
  const bool paid_in = row.kind == bank::transaction::direction::deposit;
  const auto balance = paid_in ? plus(held, row.amount)
                               : minus(held, row.amount);
  if (!balance)
    throw std::runtime_error{"the balance does not fit"};
  const auto next = std::to_string(version + 1);
  const auto amount = std::to_string(row.amount.count());
  const auto left = std::to_string(balance->count());
  const auto reference = row.id + " " + row.date + " " + row.description;
  const std::array insert_binds{
    row.account.c_str(), next.c_str(), paid_in ? "deposited" : "withdrawn",
    amount.c_str(),      left.c_str(), reference.c_str()};
  static_cast<void>(
    checked(PQexecPrepared(on.get(), "insert", 6, insert_binds.data(), nullptr,
                           nullptr, 0),
            PGRES_COMMAND_OK));
}

} // namespace

std::chrono::duration<double>
run_naive_loop(const std::string& conninfo,
               const std::vector<bank::transaction>& rows) {
  const auto on = connect(conninfo);
  run(on, create_table);
  static_cast<void>(
    checked(PQprepare(on.get(), "newest", select_newest, 0, nullptr),
            PGRES_COMMAND_OK));
  static_cast<void>(checked(
    PQprepare(on.get(), "insert", insert_event, 0, nullptr), PGRES_COMMAND_OK));
  const auto started = std::chrono::steady_clock::now();
  for (const auto& row : rows)
    import_row(on, row);
  return std::chrono::steady_clock::now() - started;
}

} // namespace cafes::bench
