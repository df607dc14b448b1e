// SPDX-License-Identifier: MIT
#include "store/sqlite/event_rows.hpp"

#include "store/sqlite/sql.hpp"

#include <chrono>

namespace cafes::store::sqlite {

timestamp timestamp_of(std::int64_t microseconds) {
  return timestamp{std::chrono::microseconds{microseconds}};
}

recorded_event event_in(const statement& row) {
  recorded_event event;
  event.at = position{row.integer(0)};
  event.stream = {row.text(1), row.text(2)};
  event.at_version = version{row.integer(3)};
  event.type = row.text(4);
  event.schema_version = static_cast<int>(row.integer(5));
  event.recorded_at = timestamp_of(row.integer(6));
  event.from = {row.id(7), row.id(8), row.id(9)};
  event.data = row.text(10);
  event.metadata = row.text(11);
  return event;
}

position read_head(database& db) {
  auto row = db.prepare(sql::head);
  return row.step() ? position{row.integer(0)} : position{};
}

std::optional<appended> find_command_in(database& db, stream_id stream,
                                        const uuid& command_id) {
  auto row = db.prepare(sql::find_command);
  if (!row.bind(stream.value(), command_id).step() || row.integer(0) == 0)
    return std::nullopt;
  return appended{stream,
                  version{row.integer(1)},
                  version{row.integer(2)},
                  position{row.integer(3)},
                  position{row.integer(4)},
                  timestamp_of(row.integer(5)),
                  false};
}

} // namespace cafes::store::sqlite
