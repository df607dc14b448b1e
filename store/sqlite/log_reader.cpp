// SPDX-License-Identifier: MIT
#include "store/sqlite/log_reader.hpp"

#include "store/page_limits.hpp"
#include "store/snapshot_limits.hpp"
#include "store/sqlite/event_rows.hpp"
#include "store/sqlite/sql.hpp"
#include "store/sqlite/transaction.hpp"

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

expected<std::vector<recorded_event>>
events_from(database& db, const stream_name& stream, stream_id id,
            version first, std::size_t limit) {
  std::vector<recorded_event> events;
  auto rows = db.prepare(sql::read_stream);
  rows.bind(id.value(), first.value(), static_cast<std::int64_t>(limit));
  for (auto next = first; rows.step(); next = next.next()) {
    events.push_back(event_in(rows));
    if (const auto found = events.back().at_version; found != next)
      return gap(to_string(stream) + ": version", next.value(), found.value());
  }
  return events;
}

void find_snapshot(database& db, const recovery_request& wanted,
                   recovered_stream& found) {
  auto row = db.prepare(sql::find_snapshot);
  if (!row.bind(found.id.value(), wanted.fingerprint).step())
    return;
  if (row.integer(0) == 0)
    found.foreign_snapshot = true;
  else
    found.snapshot = stored_snapshot{version{row.integer(1)},
                                     wanted.fingerprint, row.text(2)};
}

expected<recovered_stream> recover_one(database& db,
                                       const recovery_request& wanted,
                                       std::size_t events_max) {
  recovered_stream found;
  const auto id = find_id(db, wanted.stream);
  if (!id)
    return found;
  found.id = *id;
  if (!wanted.fingerprint.empty())
    find_snapshot(db, wanted, found);
  const auto from = found.snapshot ? found.snapshot->at_version.next()
                                   : version{1};
  auto events = events_from(db, wanted.stream, *id, from, events_max);
  if (!events)
    return failure_of(events);
  found.events = *std::move(events);
  return found;
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
    const auto id = find_id(db, stream);
    if (!id)
      return stream_slice{};
    auto events = events_from(db, stream, *id, std::max(from, version{1}),
                              limit);
    if (!events)
      return failure_of(events);
    return stream_slice{*id, *std::move(events)};
  });
}

expected<std::vector<recovered_stream>>
log_reader::recover(std::span<const recovery_request> streams,
                    std::size_t events_max) {
  if (auto fits = check_recovery(streams, events_max); !fits)
    return failure_of(fits);
  return connection_.use(
    [&](database& db) -> expected<std::vector<recovered_stream>> {
      const transaction moment{db, transaction::kind::read};
      std::vector<recovered_stream> recovered;
      recovered.reserve(streams.size());
      for (const auto& wanted : streams) {
        auto found = recover_one(db, wanted, events_max);
        if (!found)
          return failure_of(found);
        recovered.push_back(*std::move(found));
      }
      return recovered;
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
