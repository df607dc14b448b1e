// SPDX-License-Identifier: MIT
#include "bench/copy_bytes.hpp"

#include "bench/binary_format.hpp"

#include <stdexcept>

namespace cafes::bench {

namespace {

constexpr auto copy_events = R"(
  COPY events (log_id, position, stream_id, version, type_id, recorded_at,
    command_id, correlation_id, causation_id, data, metadata)
  FROM STDIN (FORMAT binary))";
constexpr std::string_view signature{"PGCOPY\n\377\r\n\0", 11};
constexpr std::int16_t columns = 11;

} // namespace

copy_bytes::copy_bytes(std::size_t capacity_bytes) {
  bytes_.reserve(capacity_bytes);
  bytes_ += signature;
  binary_format out{bytes_};
  out.number(std::int32_t{0}); // flags
  out.number(std::int32_t{0}); // no header extension
}

void copy_bytes::add(const event_row& row, std::string_view data) {
  binary_format out{bytes_};
  out.number(columns);
  out.field(std::int16_t{0});
  out.field(row.position);
  out.field(row.stream_id);
  out.field(row.version);
  out.field(row.type_id);
  out.field(row.recorded_at);
  out.field(row.command_id);
  out.null_field();
  out.null_field();
  out.jsonb_field(data);
  out.null_field();
}

void copy_bytes::finish() {
  binary_format{bytes_}.number(std::int16_t{-1});
}

void copy_bytes::send(const session& on) const {
  static_cast<void>(checked(PQexec(on.get(), copy_events), PGRES_COPY_IN));
  if (PQputCopyData(on.get(), bytes_.data(), static_cast<int>(bytes_.size()))
        != 1
      || PQputCopyEnd(on.get(), nullptr) != 1)
    throw std::runtime_error{PQerrorMessage(on.get())};
  static_cast<void>(checked(PQgetResult(on.get()), PGRES_COMMAND_OK));
  if (PQgetResult(on.get()) != nullptr)
    throw std::runtime_error{"COPY has not ended"};
}

} // namespace cafes::bench
