// SPDX-License-Identifier: MIT
#include "store/checked_query.hpp"

#include "store/door/text.hpp"

#include <cafes/limits.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace cafes::store {

namespace {

using detail::field_kind;

/// The lowest text above a key: no key has a NUL.
std::string just_above(const std::string& key) {
  return key + '\x01';
}

/// A text above all keys: one byte longer than any, of the highest character.
const std::string& above_all() {
  static const std::string text = [] {
    std::string made;
    while (made.size() <= limits::key_bytes_max)
      made += "\xf4\x8f\xbf\xbf";
    return made;
  }();
  return text;
}

expected<void> check_bound(const std::string& what, const std::string& key) {
  if (key.size() > limits::key_bytes_max)
    return failure(errc::limit_exceeded, what + " has "
                                           + std::to_string(key.size())
                                           + " bytes, a key has at most 255");
  if (!is_storable_text(key))
    return failure(errc::invalid_argument,
                   what + " is not valid UTF-8 without NUL");
  return {};
}

expected<key_interval> interval_of(const view_selection& selected) {
  for (const auto& [what, key] :
       {std::pair{"from_key", &selected.from_key},
        std::pair{"to_key", &selected.to_key},
        std::pair{"key_prefix", &selected.key_prefix}})
    if (auto fits = check_bound(what, *key); !fits)
      return failure_of(fits);
  const auto& prefix = selected.key_prefix;
  key_interval keys{std::max(selected.from_key, prefix), prefix + above_all()};
  if (!selected.to_key.empty())
    keys.below = std::min(keys.below, just_above(selected.to_key));
  return keys;
}

expected<detail::document_field> find_field(const view_identity& view,
                                            const std::string& name) {
  auto field = detail::find_field(view.shape, name);
  if (!field)
    return failure(field.error().code,
                   view.name + ": " + field.error().message);
  return field;
}

std::string_view words_of(field_kind kind) {
  switch (kind) {
    case field_kind::boolean:
      return "true or false";
    case field_kind::whole:
    case field_kind::natural:
      return "a whole number";
    case field_kind::text:
      return "a text";
  }
  return "";
}

bool is_of(field_kind kind, const condition_value& value) {
  switch (kind) {
    case field_kind::boolean:
      return std::holds_alternative<bool>(value);
    case field_kind::whole:
    case field_kind::natural:
      return std::holds_alternative<std::int64_t>(value);
    case field_kind::text:
      return std::holds_alternative<std::string>(value);
  }
  return false;
}

expected<void> check_text(const std::string& field, const std::string& text) {
  if (text.size() > limits::payload_bytes_max)
    return failure(errc::limit_exceeded,
                   "field " + field + " is compared with "
                     + std::to_string(text.size())
                     + " bytes, a text has at most 1 MiB");
  if (!is_storable_text(text))
    return failure(errc::invalid_argument,
                   "field " + field
                     + " is compared with what is not valid UTF-8 without NUL");
  return {};
}

expected<checked_condition> check_condition(const view_identity& view,
                                            const condition& asked) {
  auto field = find_field(view, asked.field);
  if (!field)
    return failure_of(field);
  if (!is_of(field->kind, asked.value))
    return failure(errc::invalid_argument,
                   view.name + ": field " + asked.field + " is compared with "
                     + std::string{words_of(field->kind)});
  if (field->kind == field_kind::boolean && asked.compare != comparison::equal
      && asked.compare != comparison::not_equal)
    return failure(errc::invalid_argument,
                   view.name + ": field " + asked.field
                     + " is true or false, which is only equal or not");
  if (const auto* text = std::get_if<std::string>(&asked.value))
    if (auto fits = check_text(asked.field, *text); !fits)
      return failure_of(fits);
  return checked_condition{*std::move(field), asked.compare, asked.value};
}

} // namespace

expected<checked_selection> check_selection(const view_identity& view,
                                            const view_selection& selected) {
  if (auto named = check_view(view); !named)
    return failure_of(named);
  if (selected.where.size() > limits::query_conditions_max)
    return failure(errc::limit_exceeded,
                   "a query has at most 8 conditions, this one has "
                     + std::to_string(selected.where.size()));
  auto keys = interval_of(selected);
  if (!keys)
    return failure_of(keys);
  checked_selection checked{*std::move(keys), {}};
  for (const auto& asked : selected.where) {
    auto one = check_condition(view, asked);
    if (!one)
      return failure_of(one);
    checked.where.push_back(*std::move(one));
  }
  return checked;
}

expected<checked_query> check_query(const view_identity& view,
                                    const view_query& asked) {
  if (asked.limit == 0 || asked.limit > limits::page_documents_max)
    return failure(errc::limit_exceeded,
                   "a page of a view has 1 to 1000 documents, asked for "
                     + std::to_string(asked.limit));
  if (auto fits = check_bound("after_key", asked.after_key); !fits)
    return failure_of(fits);
  auto selected = check_selection(view, asked.select);
  if (!selected)
    return failure_of(selected);
  checked_query checked{*std::move(selected), asked.descending, asked.limit};
  auto& keys = checked.select.keys;
  if (!asked.after_key.empty() && asked.descending)
    keys.below = std::min(keys.below, asked.after_key);
  else if (!asked.after_key.empty())
    keys.from = std::max(keys.from, just_above(asked.after_key));
  return checked;
}

expected<checked_total> check_total(const view_identity& view,
                                    const view_selection& selected,
                                    const std::string& summed) {
  auto fits = check_selection(view, selected);
  if (!fits)
    return failure_of(fits);
  checked_total checked{*std::move(fits), {}};
  if (summed.empty())
    return checked;
  auto field = find_field(view, summed);
  if (!field)
    return failure_of(field);
  if (field->kind != field_kind::whole && field->kind != field_kind::natural)
    return failure(errc::invalid_argument, view.name + ": field " + summed
                                             + " is no whole number to sum");
  checked.summed = *std::move(field);
  return checked;
}

} // namespace cafes::store
