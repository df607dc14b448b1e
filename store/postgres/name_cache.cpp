// SPDX-License-Identifier: MIT
#include "store/postgres/name_cache.hpp"

#include "store/postgres/text_array.hpp"

#include <pqxx/row>

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace cafes::store::postgres {

namespace {

/// About 10 MB; above it the memory starts afresh.
constexpr std::size_t streams_max = 65'536;

} // namespace

std::vector<sql::embedded> name_cache::statements() {
  return {{"find_stream_names", sql::find_stream_names},
          {"find_types", sql::find_types}};
}

expected<std::vector<recorded_event>>
name_cache::name(connection& on, std::vector<event_row> rows) {
  learn_streams(on, rows);
  learn_types(on, rows);
  return named(std::move(rows), [this](const event_row& row) {
    const auto found = streams_.find(row.stream.value());
    return found == streams_.end() ? nullptr : &found->second;
  });
}

expected<std::vector<recorded_event>>
name_cache::name(connection& on, std::vector<event_row> rows,
                 const stream_name& stream) {
  learn_types(on, rows);
  return named(std::move(rows), [&](const event_row&) { return &stream; });
}

template <class StreamOf>
expected<std::vector<recorded_event>>
name_cache::named(std::vector<event_row> rows, StreamOf stream_of) const {
  std::vector<recorded_event> named;
  named.reserve(rows.size());
  for (auto& row : rows) {
    const stream_name* stream = stream_of(row);
    const auto type = types_.find(row.type.value());
    if (stream == nullptr || type == types_.end())
      return failure(errc::corrupt,
                     "position " + std::to_string(row.at.value())
                       + " has a stream or an event type without a name");
    named.push_back({row.at, *stream, row.at_version, type->second.name,
                     type->second.schema_version, row.recorded_at, row.from,
                     std::move(row.data), std::move(row.metadata)});
  }
  return named;
}

void name_cache::forget() {
  streams_.clear();
  types_.clear();
}

void name_cache::learn_streams(connection& on,
                               const std::vector<event_row>& rows) {
  if (streams_.size() > streams_max)
    streams_.clear();
  std::unordered_set<std::int64_t> unknown;
  for (const auto& row : rows)
    if (!streams_.contains(row.stream.value()))
      unknown.insert(row.stream.value());
  if (unknown.empty())
    return;
  const auto found
    = on.run("find_stream_names",
             array_of(unknown, [](std::int64_t number) { return number; }));
  for (const auto& row : found)
    streams_[number_in(row[0])] = {row[1].c_str(), row[2].c_str()};
}

void name_cache::learn_types(connection& on,
                             const std::vector<event_row>& rows) {
  const auto is_known = [this](const event_row& row) {
    return types_.contains(row.type.value());
  };
  if (std::all_of(rows.begin(), rows.end(), is_known))
    return;
  for (const auto& row : on.run("find_types"))
    types_[number_in(row[0])] = {row[1].c_str(),
                                 static_cast<int>(number_in(row[2]))};
}

} // namespace cafes::store::postgres
