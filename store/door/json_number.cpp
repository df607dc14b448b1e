// SPDX-License-Identifier: MIT
#include "store/door/json_number.hpp"

#include <charconv>
#include <cstddef>

namespace cafes::store {

namespace {

constexpr std::size_t number_bytes_max = 1000;

template <class Number>
std::optional<json_number> read_as(std::string_view text) {
  Number number{};
  const auto end = text.data() + text.size();
  const auto [stop, failed] = std::from_chars(text.data(), end, number);
  if (failed != std::errc{} || stop != end)
    return std::nullopt;
  return number;
}

} // namespace

std::optional<json_number> read_number(std::string_view text) {
  if (text.size() > number_bytes_max)
    return std::nullopt;
  if (text.find_first_of(".eE") == std::string_view::npos) {
    if (const auto whole = read_as<std::int64_t>(text))
      return whole;
    if (const auto natural = read_as<std::uint64_t>(text))
      return natural;
  }
  return read_as<double>(text);
}

} // namespace cafes::store
