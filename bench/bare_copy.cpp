// SPDX-License-Identifier: MIT
#include "bench/bare_copy.hpp"

#include "bench/binary_format.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace cafes::bench {

namespace {

using clock = std::chrono::steady_clock;

constexpr auto copy_events = R"(
  COPY events (log_id, position, stream_id, version, type_id, recorded_at,
    command_id, correlation_id, causation_id, data, metadata)
  FROM STDIN (FORMAT binary))";
constexpr std::string_view signature{"PGCOPY\n\377\r\n\0", 11};
constexpr std::int16_t columns = 11;
constexpr std::size_t fill_rows = 20'000;

// PostgreSQL counts from 2000.
std::int64_t now_in_server_time() {
  constexpr std::int64_t epoch_2000_us = 946'684'800'000'000;
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(since_1970)
           .count()
         - epoch_2000_us;
}

} // namespace

bare_copy::bare_copy(const std::string& conninfo, std::string_view type_name,
                     std::string data)
  : session_{connect(conninfo)},
    rows_{event_rows::after(session_, type_name)},
    data_{std::move(data)},
    recorded_at_{now_in_server_time()} {}

load_report bare_copy::run(std::size_t batch_rows, seconds round) {
  const auto batches
    = static_cast<std::size_t>(rows_per_second_ * round.count()
                               / static_cast<double>(batch_rows))
      + 1;
  std::vector<std::string> ready;
  ready.reserve(batches);
  for (std::size_t made = 0; made < batches; ++made)
    ready.push_back(next_batch(batch_rows));
  load_report report;
  const auto started = clock::now();
  auto before = started;
  for (const auto& batch : ready) {
    copy(batch);
    const auto now = clock::now();
    report.latency->record(now - before);
    report.accepted += batch_rows;
    before = now;
    if (now - started >= round)
      break;
  }
  report.took = before - started;
  // Batches that were not sent would leave a hole, which only we would mind:
  // the table has no rule against it.
  rows_per_second_ = std::max(rows_per_second_, report.rate() * 1.2);
  return report;
}

void bare_copy::fill(std::size_t rows) {
  while (rows > 0) {
    const auto batch = std::min(rows, fill_rows);
    copy(next_batch(batch));
    rows -= batch;
  }
}

std::string bare_copy::next_batch(std::size_t rows) {
  std::string bytes;
  bytes.reserve(rows * (data_.size() + 120));
  bytes += signature;
  binary_format out{bytes};
  out.number(std::int32_t{0}); // flags
  out.number(std::int32_t{0}); // no header extension
  for (std::size_t made = 0; made < rows; ++made) {
    const auto row = rows_.next();
    out.number(columns);
    out.field(std::int16_t{0});
    out.field(row.position);
    out.field(row.stream_id);
    out.field(row.version);
    out.field(row.type_id);
    out.field(recorded_at_);
    out.field(row.command_id);
    out.null_field();
    out.null_field();
    out.jsonb_field(data_);
    out.null_field();
  }
  out.number(std::int16_t{-1});
  return bytes;
}

void bare_copy::copy(const std::string& batch) {
  auto* const on = session_.get();
  static_cast<void>(checked(PQexec(on, copy_events), PGRES_COPY_IN));
  if (PQputCopyData(on, batch.data(), static_cast<int>(batch.size())) != 1
      || PQputCopyEnd(on, nullptr) != 1)
    throw std::runtime_error{PQerrorMessage(on)};
  static_cast<void>(checked(PQgetResult(on), PGRES_COMMAND_OK));
  if (PQgetResult(on) != nullptr)
    throw std::runtime_error{"COPY has not ended"};
}

} // namespace cafes::bench
