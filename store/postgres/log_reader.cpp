// SPDX-License-Identifier: MIT
#include "store/postgres/log_reader.hpp"

#include "store/page_limits.hpp"
#include "store/postgres/binary_rows.hpp"
#include "store/postgres/copy_rows.hpp"
#include "store/postgres/event_rows.hpp"
#include "store/postgres/recovery.hpp"
#include "store/snapshot_limits.hpp"

#include <cafes/limits.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <utility>

namespace cafes::store::postgres {

namespace {

std::vector<sql::embedded> statements() {
  std::vector<sql::embedded> all{{"read_log", sql::read_log},
                                 {"read_stream", sql::read_stream},
                                 {"recover", sql::recover},
                                 {"find_head", sql::find_head},
                                 {"find_command_by_name",
                                  sql::find_command_by_name}};
  for (const auto& more : name_cache::statements())
    all.push_back(more);
  return all;
}

/// A range of so many from a first one, without overflow at absurd starts.
std::int64_t end_of_range(std::int64_t first, std::size_t limit) {
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  const auto count = static_cast<std::int64_t>(limit);
  return first > most - count ? most : first + count;
}

} // namespace

log_reader::log_reader(conninfo where)
  : session_{std::move(where), statements(), [this] { names_.forget(); }} {}

expected<stream_slice> log_reader::read_stream(const stream_name& stream,
                                               version from,
                                               std::size_t limit) {
  if (auto fits = check_page(limit, limits::page_events_max); !fits)
    return failure_of(fits);
  const auto first = std::max<std::int64_t>(from.value(), 1);
  return session_.read("read a stream", [&]() -> expected<stream_slice> {
    const std::array binds{bind{std::to_string(log_number)},
                           bind{stream.category}, bind{stream.key},
                           bind{std::to_string(first)},
                           bind{std::to_string(end_of_range(first, limit))}};
    auto rows = events_in(run_binary(session_.on(), "read_stream", binds));
    if (rows.empty())
      return stream_slice{};
    const auto id = rows.front().stream;
    if (rows.front().at == position{})
      return stream_slice{id, {}};
    auto named = names_.name(session_.on(), std::move(rows), stream);
    if (!named)
      return failure_of(named);
    return stream_slice{id, *std::move(named)};
  });
}

expected<std::vector<recovered_stream>>
log_reader::recover(std::span<const recovery_request> streams,
                    std::size_t events_max) {
  if (auto fits = check_recovery(streams, events_max); !fits)
    return failure_of(fits);
  return session_.read("recover streams", [&] {
    return recover_streams(session_.on(), names_, streams, events_max);
  });
}

expected<std::vector<recorded_event>> log_reader::read_log(position after,
                                                           std::size_t limit) {
  if (auto fits = check_page(limit, limits::page_events_max); !fits)
    return failure_of(fits);
  return session_.read("read the log", [&] {
    const std::array binds{
      bind{std::to_string(log_number)}, bind{std::to_string(after.value())},
      bind{std::to_string(end_of_range(after.value(), limit))}};
    auto rows = events_in(run_binary(session_.on(), "read_log", binds));
    return names_.name(session_.on(), std::move(rows));
  });
}

expected<position> log_reader::head() {
  return session_.read("read the head", [&]() -> expected<position> {
    const auto found = session_.on().run("find_head", log_number);
    return position{number_in(found.at(0).at(0))};
  });
}

expected<std::optional<appended>>
log_reader::find_command(const stream_name& stream, const uuid& command_id) {
  return session_.read(
    "find a command", [&]() -> expected<std::optional<appended>> {
      return command_in(session_.on().run("find_command_by_name", log_number,
                                          stream.category, stream.key,
                                          to_string(command_id)));
    });
}

} // namespace cafes::store::postgres
