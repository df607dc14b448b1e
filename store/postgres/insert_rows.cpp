// SPDX-License-Identifier: MIT
#include "store/postgres/insert_rows.hpp"

#include "store/postgres/copy_rows.hpp"
#include "store/postgres/placeholders.hpp"
#include "store/postgres/server_answer.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace cafes::store::postgres {

namespace {

using column_types = std::span<const std::string_view>;

constexpr std::array<std::string_view, stream_columns> stream_types{
  "bigint", "smallint", "text", "text"};

constexpr std::array<std::string_view, event_columns> event_types{
  "smallint", "bigint", "bigint", "integer",  "integer", "timestamptz",
  "uuid",     "uuid",   "uuid",   ":payload", ":payload"};

/// "($1::bigint, $2::smallint), ($3::bigint, …", from `first` on. The types
/// are said because a binary parameter is nothing but bytes.
std::string rows_text(std::size_t rows, column_types types, std::size_t first) {
  std::string text;
  auto bind = first;
  for (std::size_t row = 0; row < rows; ++row) {
    text += row == 0 ? "(" : ", (";
    for (std::size_t column = 0; column < types.size(); ++column) {
      text += (column == 0 ? "$" : ", $") + std::to_string(bind++) + "::";
      text += types[column];
    }
    text += ')';
  }
  return text;
}

std::string name_of(std::size_t streams, std::size_t events) {
  return "insert_" + std::to_string(streams) + "_streams_"
         + std::to_string(events) + "_events";
}

std::string text_of(std::size_t streams, std::size_t events,
                    payload_type payload) {
  const auto event_rows = rows_text(events, event_types,
                                    streams * stream_columns + 1);
  auto text = streams == 0
                ? replaced(sql::insert_events, ":events", event_rows)
                : replaced(replaced(sql::insert_streams_and_events, ":streams",
                                    rows_text(streams, stream_types, 1)),
                           ":events", event_rows);
  return replaced(text, ":payload",
                  payload == payload_type::jsonb ? "jsonb" : "json");
}

std::int32_t length_at(const char* bytes) {
  std::uint32_t length = 0;
  for (int byte = 0; byte < 4; ++byte)
    length = length << 8U | static_cast<unsigned char>(bytes[byte]);
  return static_cast<std::int32_t>(length);
}

} // namespace

void insert_rows::write(connection& on, const append_plan& plan,
                        payload_type payload) {
  auto* session = on.handle();
  const shape rows{plan.new_streams.size(), plan.events.size()};
  if (!prepared_.contains(rows))
    prepare(session, rows, payload);
  fields_.clear();
  for (const auto& stream : plan.new_streams)
    add_stream(fields_, stream);
  for (const auto& planned : plan.events)
    add_event(fields_, planned, plan.recorded_at, payload);

  values_.clear();
  lengths_.clear();
  for (auto rest = fields_.bytes(); !rest.empty();) {
    const auto length = length_at(rest.data());
    rest.remove_prefix(sizeof length);
    values_.push_back(length < 0 ? nullptr : rest.data());
    lengths_.push_back(length);
    if (length > 0)
      rest.remove_prefix(static_cast<std::size_t>(length));
  }
  formats_.assign(values_.size(), 1);
  if (PQsendQueryPrepared(session, name_of(rows.first, rows.second).c_str(),
                          static_cast<int>(values_.size()), values_.data(),
                          lengths_.data(), formats_.data(), 1)
      != 1)
    fail(session, nullptr);
  expect(session, next_result(session), PGRES_COMMAND_OK);
  expect_end(session);
}

void insert_rows::prepare(PGconn* session, const shape& rows,
                          payload_type payload) {
  const auto [streams, events] = rows;
  const result_ptr done{PQprepare(session, name_of(streams, events).c_str(),
                                  text_of(streams, events, payload).c_str(), 0,
                                  nullptr),
                        &PQclear};
  expect(session, done, PGRES_COMMAND_OK);
  prepared_.insert(rows);
}

} // namespace cafes::store::postgres
