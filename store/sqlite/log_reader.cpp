// SPDX-License-Identifier: MIT
#include "store/sqlite/log_reader.hpp"

#include "store/page_limits.hpp"
#include "store/sqlite/event_rows.hpp"
#include "store/sqlite/sql.hpp"

#include <cafes/limits.hpp>

#include <algorithm>

namespace cafes::store::sqlite {

namespace {

std::optional<stream_id> find_id(database& db, const stream_name& stream) {
  auto row = db.prepare(sql::find_stream_id);
  if (!row.bind(stream.category, stream.key).step())
    return std::nullopt;
  return stream_id{row.integer(0)};
}

/// A missing number means that rows, or what they refer to, were removed.
unexpected<error> gap(const std::string& where, std::int64_t wanted,
                      std::int64_t found) {
  return failure(errc::corrupt, where + " " + std::to_string(wanted)
                                  + " is missing, " + std::to_string(found)
                                  + " follows");
}

} // namespace

log_reader::log_reader(const std::filesystem::path& file)
  : connection_{file, access::read} {}

expected<stream_slice> log_reader::read_stream(const stream_name& stream,
                                               version from,
                                               std::size_t limit) {
  if (auto fits = check_page(limit, limits::page_events_max); !fits)
    return failure_of(fits);
  return connection_.use([&](database& db) -> expected<stream_slice> {
    stream_slice slice;
    const auto id = find_id(db, stream);
    if (!id)
      return slice;
    slice.id = *id;
    auto next = std::max(from, version{1});
    auto rows = db.prepare(sql::read_stream);
    rows.bind(id->value(), next.value(), static_cast<std::int64_t>(limit));
    for (; rows.step(); next = next.next()) {
      slice.events.push_back(event_in(rows));
      if (const auto found = slice.events.back().at_version; found != next)
        return gap(to_string(stream) + ": version", next.value(),
                   found.value());
    }
    return slice;
  });
}

expected<std::vector<recorded_event>> log_reader::read_log(position after,
                                                           std::size_t limit) {
  if (auto fits = check_page(limit, limits::page_events_max); !fits)
    return failure_of(fits);
  return connection_.use(
    [&](database& db) -> expected<std::vector<recorded_event>> {
      std::vector<recorded_event> events;
      auto next = std::max(after, position{}).next();
      auto rows = db.prepare(sql::read_log);
      rows.bind(after.value(), static_cast<std::int64_t>(limit));
      for (; rows.step(); next = next.next()) {
        events.push_back(event_in(rows));
        if (const auto found = events.back().at; found != next)
          return gap("log 0: position", next.value(), found.value());
      }
      return events;
    });
}

expected<position> log_reader::head() {
  return connection_.use(
    [](database& db) -> expected<position> { return read_head(db); });
}

expected<std::optional<appended>>
log_reader::find_command(const stream_name& stream, const uuid& command_id) {
  return connection_.use(
    [&](database& db) -> expected<std::optional<appended>> {
      const auto id = find_id(db, stream);
      if (!id)
        return std::optional<appended>{};
      return find_command_in(db, *id, command_id);
    });
}

} // namespace cafes::store::sqlite
