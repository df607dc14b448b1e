// SPDX-License-Identifier: MIT
#include "apps/application/condition_text.hpp"

#include <cafes/detail/document_field.hpp>

#include <CLI/CLI.hpp>

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <system_error>

namespace cafes::program {

namespace {

struct parts {
  std::string field;
  comparison compare = comparison::equal;
  std::string value;
};

/// The longer ones first.
constexpr std::array comparisons{
  comparison::less_equal, comparison::greater_equal, comparison::not_equal,
  comparison::less,       comparison::greater,       comparison::equal};

std::string without_spaces(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos)
    return "";
  return std::string{
    text.substr(first, text.find_last_not_of(' ') - first + 1)};
}

std::optional<parts> split(std::string_view text) {
  const auto at = text.find_first_of("<>!=");
  if (at == std::string_view::npos)
    return std::nullopt;
  const auto rest = text.substr(at);
  for (const auto compare : comparisons) {
    const auto sign = to_string(compare);
    if (!rest.starts_with(sign))
      continue;
    parts found{without_spaces(text.substr(0, at)), compare,
                without_spaces(rest.substr(sign.size()))};
    // "==" and the like are slips.
    if (found.field.empty() || found.value.starts_with('='))
      return std::nullopt;
    return found;
  }
  return std::nullopt;
}

unexpected<error> unlike(const parts& asked, std::string_view wanted) {
  return failure(errc::invalid_argument,
                 "field " + asked.field + " is compared with "
                   + std::string{wanted} + ", not with \"" + asked.value
                   + "\"");
}

expected<condition_value> value_in(const parts& asked,
                                   detail::field_kind kind) {
  switch (kind) {
    case detail::field_kind::boolean:
      if (asked.value == "true" || asked.value == "false")
        return asked.value == "true";
      return unlike(asked, "true or false");
    case detail::field_kind::whole:
    case detail::field_kind::natural: {
      std::int64_t number = 0;
      const auto* end = asked.value.data() + asked.value.size();
      const auto [stop, failed] = std::from_chars(asked.value.data(), end,
                                                  number);
      if (failed == std::errc{} && stop == end)
        return number;
      return unlike(asked, "a whole number within 64 bits");
    }
    case detail::field_kind::text:
      break;
  }
  return asked.value;
}

} // namespace

CLI::Validator is_condition() {
  return CLI::Validator{
    [](const std::string& text) -> std::string {
      if (split(text))
        return "";
      return "expected FIELD, one of = != < <= > >= and a value, got " + text;
    },
    ""};
}

expected<condition> condition_in(std::string_view text,
                                 std::string_view shape) {
  const auto asked = split(text);
  if (!asked)
    return failure(errc::invalid_argument,
                   "\"" + std::string{text} + "\" is no condition");
  const auto field = detail::find_field(shape, asked->field);
  if (!field)
    return unexpected<>{field.error()};
  auto value = value_in(*asked, field->kind);
  if (!value)
    return failure_of(value);
  return condition{asked->field, asked->compare, *std::move(value)};
}

} // namespace cafes::program
