// SPDX-License-Identifier: MIT
#include "domain/booking_day.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace bank {

namespace {

constexpr std::size_t date_size = 10;

std::optional<unsigned> digits(std::string_view text) {
  unsigned number = 0;
  const auto* end = text.data() + text.size();
  const auto [stopped, failed] = std::from_chars(text.data(), end, number);
  if (failed != std::errc{} || stopped != end)
    return std::nullopt;
  return number;
}

std::string padded(std::string number, std::size_t width) {
  return std::string(width - std::min(width, number.size()), '0') + number;
}

} // namespace

std::optional<day> parse_day(std::string_view text) {
  if (text.size() != date_size || text[4] != '-' || text[7] != '-')
    return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto number = digits(text.substr(8, 2));
  if (!year || !month || !number)
    return std::nullopt;
  const day read{std::chrono::year{static_cast<int>(*year)},
                 std::chrono::month{*month}, std::chrono::day{*number}};
  return read.ok() ? std::optional{read} : std::nullopt;
}

std::string month_of(day at) {
  return padded(std::to_string(static_cast<int>(at.year())), 4) + "-"
         + padded(std::to_string(static_cast<unsigned>(at.month())), 2);
}

std::string statement_reference(std::string_view id, std::string_view date,
                                std::string_view description) {
  return std::string{id} + " " + std::string{date} + " "
         + std::string{description};
}

day booked_on(std::string_view reference, cafes::timestamp recorded_at) {
  const auto blank = reference.find(' ');
  if (blank != std::string_view::npos) {
    const auto rest = reference.substr(blank + 1);
    if (const auto booked = parse_day(rest.substr(0, rest.find(' '))))
      return *booked;
  }
  return std::chrono::floor<std::chrono::days>(recorded_at);
}

} // namespace bank
