// SPDX-License-Identifier: MIT
#include "store/postgres/recovery.hpp"

#include "store/postgres/copy_rows.hpp"
#include "store/postgres/text_array.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace cafes::store::postgres {

namespace {

/// The columns of sql/recover.sql.
enum column {
  place,
  stream_number,
  snapshot_version,
  snapshot_is_wanted,
  snapshot_content,
  first_of_event,
};

/// What the rows say about one stream, before its events have names.
struct found_stream {
  stream_id id;
  version folded;
  bool foreign = false;
  std::optional<std::string_view> content;
  std::vector<event_row> events;
};

void add_row(found_stream& found, const binary_rows& rows, int row) {
  found.id = stream_id{rows.number(row, stream_number)};
  if (!rows.is_null(row, snapshot_version)) {
    found.foreign = !rows.flag(row, snapshot_is_wanted);
    if (!found.foreign)
      found.folded = version{rows.number(row, snapshot_version)};
  }
  if (!rows.is_null(row, snapshot_content))
    found.content = rows.bytes(row, snapshot_content);
  if (!rows.is_null(row, first_of_event))
    found.events.push_back(event_in(rows, row, first_of_event));
}

std::vector<found_stream> by_place(const binary_rows& rows, std::size_t count) {
  std::vector<found_stream> found(count);
  for (int row = 0; row < rows.size(); ++row)
    add_row(found.at(static_cast<std::size_t>(rows.number(row, place)) - 1),
            rows, row);
  return found;
}

void put_in_order(std::vector<event_row>& events) {
  const auto by_version = [](const event_row& one, const event_row& other) {
    return one.at_version < other.at_version;
  };
  if (!std::is_sorted(events.begin(), events.end(), by_version))
    std::sort(events.begin(), events.end(), by_version);
}

/// A snapshot whose next event is missing comes without its content, too.
expected<void> check_dense(const stream_name& stream,
                           const found_stream& found) {
  auto next = found.folded.next();
  for (const auto& event : found.events) {
    if (event.at_version != next)
      return failure(errc::corrupt,
                     to_string(stream) + ": version "
                       + std::to_string(next.value()) + " is missing, "
                       + std::to_string(event.at_version.value()) + " follows");
    next = next.next();
  }
  return {};
}

expected<recovered_stream> fold_source(connection& on, name_cache& names,
                                       const recovery_request& wanted,
                                       found_stream found) {
  put_in_order(found.events);
  if (auto dense = check_dense(wanted.stream, found); !dense)
    return failure_of(dense);
  auto named = names.name(on, std::move(found.events), wanted.stream);
  if (!named)
    return failure_of(named);
  recovered_stream stream{found.id, std::nullopt, found.foreign,
                          *std::move(named)};
  if (found.content)
    stream.snapshot = stored_snapshot{found.folded, wanted.fingerprint,
                                      std::string{*found.content}};
  return stream;
}

} // namespace

expected<std::vector<recovered_stream>>
recover_streams(connection& on, name_cache& names,
                std::span<const recovery_request> streams,
                std::size_t events_max) {
  const auto array = [&](auto part) {
    return bind{array_of(streams, [&](const recovery_request& one) {
      return std::string_view{part(one)};
    })};
  };
  const std::array binds{
    bind{std::to_string(log_number)},
    array([](const auto& one) -> auto& { return one.stream.category; }),
    array([](const auto& one) -> auto& { return one.stream.key; }),
    array([](const auto& one) -> auto& { return one.fingerprint; }),
    bind{std::to_string(events_max)}};
  const auto rows = run_binary(on, "recover", binds);
  auto found = by_place(rows, streams.size());
  std::vector<recovered_stream> recovered;
  recovered.reserve(streams.size());
  for (std::size_t at = 0; at < streams.size(); ++at) {
    auto stream = fold_source(on, names, streams[at], std::move(found[at]));
    if (!stream)
      return failure_of(stream);
    recovered.push_back(*std::move(stream));
  }
  return recovered;
}

} // namespace cafes::store::postgres
