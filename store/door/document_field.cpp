// SPDX-License-Identifier: MIT
#include <cafes/detail/document_field.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>

namespace cafes::detail {

namespace {

constexpr std::size_t shown_bytes_max = 80;

/// A part of a shape: `balance` and `int64`.
struct member {
  std::string_view name;
  std::string_view shape;
};

/// Up to the first comma that no bracket encloses.
std::string_view first_of(std::string_view members) {
  int depth = 0;
  for (std::size_t at = 0; at < members.size(); ++at) {
    const char c = members[at];
    if (c == '{' || c == '[')
      ++depth;
    else if (c == '}' || c == ']')
      --depth;
    else if (c == ',' && depth == 0)
      return members.substr(0, at);
  }
  return members;
}

bool is_record(std::string_view shape) {
  return shape.size() > 2 && shape.front() == '{' && shape.back() == '}';
}

std::vector<member> members_of(std::string_view record) {
  std::vector<member> found;
  auto rest = record.substr(1, record.size() - 2);
  while (!rest.empty()) {
    const auto one = first_of(rest);
    const auto colon = one.find(':');
    if (colon == std::string_view::npos)
      return {};
    found.push_back({one.substr(0, colon), one.substr(colon + 1)});
    rest.remove_prefix(std::min(rest.size(), one.size() + 1));
  }
  return found;
}

std::string_view without_optional(std::string_view shape) {
  while (shape.ends_with('?'))
    shape.remove_suffix(1);
  return shape;
}

std::optional<field_kind> kind_of(std::string_view shape) {
  constexpr std::string_view enumeration = "enum:";
  if (shape.starts_with(enumeration))
    shape.remove_prefix(enumeration.size());
  if (shape == "bool")
    return field_kind::boolean;
  if (shape == "string")
    return field_kind::text;
  if (shape == "uint64")
    return field_kind::natural;
  if (shape.starts_with("int") || shape.starts_with("uint"))
    return field_kind::whole;
  return std::nullopt;
}

/// These become part of statements.
bool is_plain(std::string_view name) {
  const auto is_letter = [](char c) {
    return (c | ' ') >= 'a' && (c | ' ') <= 'z';
  };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return !name.empty() && !is_digit(name.front())
         && std::all_of(name.begin(), name.end(), [&](char c) {
              return is_letter(c) || is_digit(c) || c == '_';
            });
}

void add_fields(std::string_view record, std::vector<std::string>& path,
                std::vector<document_field>& to) {
  for (const auto& [name, shape] : members_of(record)) {
    if (!is_plain(name))
      continue;
    const auto inside = without_optional(shape);
    path.emplace_back(name);
    if (is_record(inside))
      add_fields(inside, path, to);
    else if (const auto kind = kind_of(inside))
      to.push_back({path, *kind});
    path.pop_back();
  }
}

std::vector<document_field> fields_of(std::string_view shape) {
  std::vector<document_field> found;
  std::vector<std::string> path;
  if (is_record(shape))
    add_fields(shape, path, found);
  return found;
}

} // namespace

std::string name_of(const document_field& field) {
  std::string name;
  for (const auto& part : field.path)
    name += (name.empty() ? "" : ".") + part;
  return name;
}

expected<document_field> find_field(std::string_view shape,
                                    std::string_view name) {
  const auto known = fields_of(shape);
  for (const auto& field : known)
    if (name_of(field) == name)
      return field;
  std::string names;
  for (const auto& field : known)
    names += (names.empty() ? "" : ", ") + name_of(field);
  return failure(errc::invalid_argument,
                 "field \"" + std::string{name.substr(0, shown_bytes_max)}
                   + "\" cannot be asked for; these can: "
                   + (names.empty() ? "none" : names));
}

} // namespace cafes::detail

namespace cafes {

std::string_view to_string(comparison compare) {
  switch (compare) {
    case comparison::equal:
      return "=";
    case comparison::not_equal:
      return "!=";
    case comparison::less:
      return "<";
    case comparison::less_equal:
      return "<=";
    case comparison::greater:
      return ">";
    case comparison::greater_equal:
      return ">=";
  }
  return "";
}

} // namespace cafes
