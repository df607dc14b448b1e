// SPDX-License-Identifier: MIT
#include "store/postgres/event_rows.hpp"

#include <pqxx/except>
#include <pqxx/row>

#include <charconv>
#include <string_view>

namespace cafes::store::postgres {

namespace {

std::string_view text_in(const pqxx::field& field) {
  return {field.c_str(), field.size()};
}

[[noreturn]] void unreadable(std::string_view text, const char* wanted) {
  throw pqxx::conversion_error{"\"" + std::string{text.substr(0, 80)}
                               + "\" is no " + wanted};
}

std::int64_t digits_in(std::string_view text) {
  std::int64_t value = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  if (read.ec != std::errc{} || read.ptr != end)
    unreadable(text, "number");
  return value;
}

/// ".01" is 10,000 microseconds; no fraction is none.
std::chrono::microseconds fraction_in(std::string_view text) {
  if (text.empty())
    return {};
  std::string digits{text.substr(1)};
  digits.resize(6, '0');
  return std::chrono::microseconds{digits_in(digits)};
}

} // namespace

std::int64_t number_in(const pqxx::field& field) {
  return field.is_null() ? 0 : digits_in(text_in(field));
}

bool flag_in(const pqxx::field& field) {
  return text_in(field) == "t";
}

/// "2026-05-17 09:30:00.000001+00"
timestamp timestamp_in(const pqxx::field& field) {
  if (field.is_null())
    return {};
  using namespace std::chrono;
  const auto text = text_in(field);
  constexpr std::string_view zone = "+00";
  constexpr std::size_t whole_seconds = 19;
  if (text.size() < whole_seconds + zone.size() || !text.ends_with(zone))
    unreadable(text, "time between the years 1 and 9999");
  const auto part = [&](std::size_t from, std::size_t count) {
    return digits_in(text.substr(from, count));
  };
  const auto day
    = year_month_day{year{static_cast<int>(part(0, 4))},
                     month{static_cast<unsigned>(part(5, 2))},
                     std::chrono::day{static_cast<unsigned>(part(8, 2))}};
  const auto fraction = text.substr(whole_seconds,
                                    text.size() - whole_seconds - zone.size());
  return sys_days{day} + hours{part(11, 2)} + minutes{part(14, 2)}
         + seconds{part(17, 2)} + fraction_in(fraction);
}

uuid uuid_in(const pqxx::field& field) {
  if (field.is_null())
    return {};
  const auto read = parse_uuid(text_in(field));
  if (!read)
    unreadable(text_in(field), "uuid");
  return *read;
}

std::optional<appended> command_in(const pqxx::result& rows) {
  if (rows.empty())
    return std::nullopt;
  const auto row = rows.front();
  return appended{stream_id{number_in(row[0])},
                  version{number_in(row[1])},
                  version{number_in(row[2])},
                  position{number_in(row[3])},
                  position{number_in(row[4])},
                  timestamp_in(row[5]),
                  false};
}

std::vector<event_mark> marks_in(const pqxx::result& rows) {
  std::vector<event_mark> marks;
  marks.reserve(rows.size());
  for (const auto& row : rows)
    marks.push_back({position{number_in(row[0])}, stream_id{number_in(row[1])},
                     version{number_in(row[2])}, uuid_in(row[3]),
                     timestamp_in(row[4])});
  return marks;
}

event_row event_in(const binary_rows& rows, int row, int first_column) {
  const auto column = [&](int at) { return first_column + at; };
  return {position{rows.number(row, column(0))},
          stream_id{rows.number(row, column(1))},
          version{rows.number(row, column(2))},
          type_id{rows.number(row, column(3))},
          rows.time(row, column(4)),
          {rows.id(row, column(5)), rows.id(row, column(6)),
           rows.id(row, column(7))},
          std::string{rows.bytes(row, column(8))},
          std::string{rows.bytes(row, column(9))}};
}

std::vector<event_row> events_in(const binary_rows& rows) {
  std::vector<event_row> events;
  events.reserve(static_cast<std::size_t>(rows.size()));
  for (int row = 0; row < rows.size(); ++row)
    events.push_back(event_in(rows, row));
  return events;
}

} // namespace cafes::store::postgres
