// SPDX-License-Identifier: MIT
#include "bench/bare_insert.hpp"

#include "bench/binary_format.hpp"

#include <array>
#include <utility>

namespace cafes::bench {

namespace {

constexpr auto insert_event = R"(
  INSERT INTO events (log_id, position, stream_id, version, type_id,
    recorded_at, command_id, data)
  VALUES (0, $1, $2, $3, $4, $5, $6, $7))";
constexpr std::size_t binds = 7;

using parameters = std::array<std::string, binds>;

template <class Number>
std::string binary(Number value) {
  std::string bytes;
  binary_format{bytes}.number(value);
  return bytes;
}

parameters binary_of(const event_row& row, const std::string& data) {
  return {binary(row.position),
          binary(row.stream_id),
          binary(row.version),
          binary(row.type_id),
          binary(row.recorded_at),
          std::string{row.command_id.bytes.begin(), row.command_id.bytes.end()},
          '\x01' + data};
}

parameters text_of(const event_row& row, const std::string& data) {
  return {std::to_string(row.position),
          std::to_string(row.stream_id),
          std::to_string(row.version),
          std::to_string(row.type_id),
          "2026-11-25T12:00:00.123456Z",
          to_string(row.command_id),
          data};
}

} // namespace

bare_insert::bare_insert(const std::string& conninfo,
                         std::string_view type_name, std::string data)
  : session_{connect(conninfo)},
    rows_{event_rows::after(session_, type_name)},
    data_{std::move(data)} {
  static_cast<void>(
    checked(PQprepare(session_.get(), "insert_event", insert_event, 0, nullptr),
            PGRES_COMMAND_OK));
}

load_report bare_insert::run(wire_format format, seconds round) {
  using clock = std::chrono::steady_clock;
  const bool is_binary = format == wire_format::binary;
  std::array<const char*, binds> values{};
  std::array<int, binds> lengths{};
  std::array<int, binds> formats{};
  formats.fill(is_binary ? 1 : 0);
  load_report report;
  const auto started = clock::now();
  while (clock::now() - started < round) {
    const auto row = rows_.next();
    const auto bound = is_binary ? binary_of(row, data_) : text_of(row, data_);
    for (std::size_t at = 0; at < binds; ++at) {
      values[at] = bound[at].data();
      lengths[at] = static_cast<int>(bound[at].size());
    }
    const auto before = clock::now();
    static_cast<void>(
      checked(PQexecPrepared(session_.get(), "insert_event", binds,
                             values.data(), lengths.data(), formats.data(), 0),
              PGRES_COMMAND_OK));
    report.latency->record(clock::now() - before);
    ++report.accepted;
  }
  report.took = clock::now() - started;
  return report;
}

} // namespace cafes::bench
