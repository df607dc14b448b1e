// SPDX-License-Identifier: MIT
#include "bench/past_accounts.hpp"

#include "bench/accounts.hpp"
#include "bench/copy_bytes.hpp"

#include <cafes/codec.hpp>

#include <fmt/format.h>

namespace cafes::bench {

namespace {

constexpr std::size_t batch_rows = 10'000;

std::int32_t type_of(const session& on, std::string_view name) {
  return static_cast<std::int32_t>(select_number(
    on,
    fmt::format("SELECT type_id FROM event_types WHERE name = '{}'", name)));
}

/// Collects rows and sends them batch by batch.
class filling {
public:
  explicit filling(const session& on) : on_{on} {}

  void add(const event_row& row, const std::string& data) {
    batch_.add(row, data);
    if (++rows_ == batch_rows)
      send();
  }

  void send() {
    batch_.finish();
    batch_.send(on_);
    batch_ = copy_bytes{};
    rows_ = 0;
  }

private:
  const session& on_;
  copy_bytes batch_;
  std::size_t rows_ = 0;
};

} // namespace

std::vector<std::string> add_past_accounts(const std::string& conninfo,
                                           const past_accounts& wanted) {
  const auto on = connect(conninfo);
  const auto last_stream
    = select_number(on, "SELECT coalesce(max(stream_id), 0) FROM streams");
  run(on,
      fmt::format("INSERT INTO streams (stream_id, log_id, category, key) "
                  "SELECT {} + number, 0, 'account', 'past-' || {} + number "
                  "FROM generate_series(1, {}) AS number",
                  last_stream, static_cast<std::int64_t>(wanted.first) - 1,
                  wanted.count));
  const auto opened = type_of(on, bank::opened::event_name);
  const auto deposited = type_of(on, bank::deposited::event_name);
  const auto opened_data
    = encode(bank::opened{"owner", bank::cents{0}}).value();
  event_row row;
  row.position = select_number(on,
                               "SELECT coalesce(max(position), 0) FROM events");
  row.recorded_at = event_rows::now();
  fast_random random{wanted.first + 1};
  filling rows{on};
  for (std::size_t done = 0; done < wanted.events_each; ++done)
    for (std::size_t account = 0; account < wanted.count; ++account) {
      ++row.position;
      row.stream_id = last_stream + 1 + static_cast<std::int64_t>(account);
      row.version = static_cast<std::int32_t>(done) + 1;
      row.type_id = done == 0 ? opened : deposited;
      row.command_id = random.id();
      rows.add(row, done == 0 ? opened_data : deposited_data());
    }
  rows.send();
  run(on, "VACUUM ANALYZE events");
  run(on, "CHECKPOINT");
  std::vector<std::string> keys;
  for (std::size_t account = 0; account < wanted.count; ++account)
    keys.push_back(fmt::format("past-{}", wanted.first + account));
  return keys;
}

} // namespace cafes::bench
