// SPDX-License-Identifier: MIT
#include "bench/bare_read.hpp"

#include <array>

namespace cafes::bench {

namespace {

constexpr auto read_page = R"(
  SELECT position, stream_id, version, type_id, recorded_at,
    command_id, correlation_id, causation_id, data, metadata
  FROM events
  WHERE log_id = 0 AND position > $1 AND position <= $2
  ORDER BY position)";

} // namespace

bare_read::bare_read(const std::string& conninfo)
  : session_{connect(conninfo)} {
  static_cast<void>(
    checked(PQprepare(session_.get(), "read_page", read_page, 0, nullptr),
            PGRES_COMMAND_OK));
}

load_report bare_read::run(bool is_binary, seconds round) {
  using clock = std::chrono::steady_clock;
  load_report report;
  std::int64_t after = 0;
  const auto started = clock::now();
  auto before = started;
  while (before - started < round) {
    const auto from = std::to_string(after);
    const auto to = std::to_string(after + page_events);
    const std::array binds{from.c_str(), to.c_str()};
    const auto rows
      = checked(PQexecPrepared(session_.get(), "read_page", 2, binds.data(),
                               nullptr, nullptr, is_binary ? 1 : 0),
                PGRES_TUPLES_OK);
    const auto count = PQntuples(rows.get());
    after = count == page_events ? after + page_events : 0;
    report.accepted += static_cast<std::uint64_t>(count);
    const auto now = clock::now();
    report.latency->record(now - before);
    before = now;
  }
  report.took = before - started;
  return report;
}

} // namespace cafes::bench
