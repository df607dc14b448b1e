// SPDX-License-Identifier: MIT
#include "store/selected_document.hpp"

#include "store/door/json_number.hpp"

#include <compare>
#include <optional>
#include <utility>

namespace cafes::store {

namespace {

using detail::field_kind;

/// Numbers stay texts, so that none is rounded.
constexpr unsigned parse_flags = rapidjson::kParseIterativeFlag
                                 | rapidjson::kParseNumbersAsStringsFlag;

bool holds(comparison compare, std::strong_ordering order) {
  switch (compare) {
    case comparison::equal:
      return order == 0;
    case comparison::not_equal:
      return order != 0;
    case comparison::less:
      return order < 0;
    case comparison::less_equal:
      return order <= 0;
    case comparison::greater:
      return order > 0;
    case comparison::greater_equal:
      return order >= 0;
  }
  return false;
}

std::string_view text_of(const rapidjson::Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

std::optional<wide_sum> whole_in(const rapidjson::Value& value) {
  if (!value.IsString())
    return std::nullopt;
  const auto number = read_number(text_of(value));
  if (!number)
    return std::nullopt;
  if (const auto* whole = std::get_if<std::int64_t>(&*number))
    return *whole;
  if (const auto* natural = std::get_if<std::uint64_t>(&*number))
    return *natural;
  return std::nullopt;
}

} // namespace

expected<selected_document> selected_document::read(const std::string& key,
                                                    std::string_view data) {
  selected_document made{key};
  made.inside_.Parse<parse_flags>(data.data(), data.size());
  if (made.inside_.HasParseError())
    return failure(errc::corrupt, "document " + key + " is not JSON");
  return made;
}

expected<bool>
selected_document::meets(const std::vector<checked_condition>& where) const {
  for (const auto& one : where) {
    auto met = meets(one);
    if (!met || !*met)
      return met;
  }
  return true;
}

expected<bool> selected_document::meets(const checked_condition& one) const {
  const auto* value = find(one.field);
  if (value == nullptr)
    return false;
  if (one.field.kind == field_kind::boolean) {
    if (!value->IsBool())
      return unlike(one.field);
    return holds(one.compare, value->GetBool() <=> std::get<bool>(one.value));
  }
  if (one.field.kind == field_kind::text) {
    if (!value->IsString())
      return unlike(one.field);
    return holds(one.compare, text_of(*value) <=> std::string_view{
                                std::get<std::string>(one.value)});
  }
  const auto number = whole_in(*value);
  if (!number)
    return unlike(one.field);
  const wide_sum wanted = std::get<std::int64_t>(one.value);
  return holds(one.compare, *number < wanted   ? std::strong_ordering::less
                            : *number > wanted ? std::strong_ordering::greater
                                               : std::strong_ordering::equal);
}

expected<wide_sum>
selected_document::number(const detail::document_field& field) const {
  const auto* value = find(field);
  if (value == nullptr)
    return 0;
  const auto number = whole_in(*value);
  if (!number)
    return unlike(field);
  return *number;
}

/// nullptr for a null, also of a record around the field.
const rapidjson::Value*
selected_document::find(const detail::document_field& field) const {
  const rapidjson::Value* at = &inside_;
  for (const auto& name : field.path) {
    if (!at->IsObject())
      return nullptr;
    const auto found = at->FindMember(name.c_str());
    if (found == at->MemberEnd())
      return nullptr;
    at = &found->value;
  }
  return at->IsNull() ? nullptr : at;
}

unexpected<error>
selected_document::unlike(const detail::document_field& field) const {
  return failure(errc::corrupt, "document " + key_ + " has another field "
                                  + name_of(field) + " than its shape says");
}

} // namespace cafes::store
