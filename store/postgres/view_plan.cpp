// SPDX-License-Identifier: MIT
#include "store/postgres/view_plan.hpp"

#include "store/postgres/placeholders.hpp"
#include "store/postgres/view_index.hpp"
#include "store/postgres/view_table.hpp"

#include <cafes/detail/assert.hpp>
#include <cafes/limits.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace cafes::store::postgres {

namespace {

using detail::document_field;
using detail::field_kind;
using binds = std::vector<std::string>;

std::string_view type_of(field_kind kind) {
  switch (kind) {
    case field_kind::boolean:
      return "boolean";
    case field_kind::whole:
      return "bigint";
    case field_kind::natural:
      return "numeric";
    case field_kind::text:
      return "text";
  }
  return "";
}

std::string text_of(const condition_value& value) {
  if (const auto* truth = std::get_if<bool>(&value))
    return *truth ? "true" : "false";
  if (const auto* number = std::get_if<std::int64_t>(&value))
    return std::to_string(*number);
  return std::get<std::string>(value);
}

/// "$8::bigint"
std::string bind_of(const checked_condition& one, binds& to) {
  to.push_back(text_of(one.value));
  return fmt::format("${}::{}", to.size(), type_of(one.field.kind));
}

std::string condition_of(const checked_condition& one, binds& to) {
  return value_of(one.field) + " " + std::string{to_string(one.compare)} + " "
         + bind_of(one, to);
}

std::string indexed_bind_of(const checked_condition& one, binds& to) {
  const auto bind = bind_of(one, to);
  return one.field.kind == field_kind::text
           ? fmt::format("left({}, {})", bind, indexed_characters)
           : bind;
}

/// What is indexed of a text is its beginning: below "abc" lies nothing whose
/// beginning is above that of "abc", but it may be the same.
comparison loosened(const checked_condition& one) {
  if (one.field.kind == field_kind::text && one.compare == comparison::less)
    return comparison::less_equal;
  if (one.field.kind == field_kind::text && one.compare == comparison::greater)
    return comparison::greater_equal;
  return one.compare;
}

std::string indexed_condition_of(const checked_condition& one, binds& to) {
  return indexed_value_of(one.field) + " "
         + std::string{to_string(loosened(one))} + " "
         + indexed_bind_of(one, to);
}

template <class Condition>
std::string all_of(const std::vector<checked_condition>& conditions, binds& to,
                   Condition condition) {
  std::string made = conditions.empty() ? "true" : "";
  for (const auto& one : conditions)
    made += (made.empty() ? "(" : " AND (") + condition(one, to) + ")";
  return made;
}

std::string_view statement_of(view_plan::way taken) {
  switch (taken) {
    case view_plan::way::by_key:
      return sql::query_by_key;
    case view_plan::way::by_value:
      return sql::query_by_value;
    case view_plan::way::by_range:
      return sql::query_by_range;
  }
  return "";
}

} // namespace

view_plan::view_plan(const view_identity& view,
                     const checked_selection& selected)
  : view_{view}, selected_{selected} {
  choose();
}

/// A value leads to fewer documents than a range, as a rule; all conditions on
/// the field of a range make it smaller.
void view_plan::choose() {
  const auto is_indexed = [&](const checked_condition& one) {
    return one.compare != comparison::not_equal
           && std::find(view_.indexed.begin(), view_.indexed.end(),
                        name_of(one.field))
                != view_.indexed.end();
  };
  for (const auto& one : selected_.where) {
    if (!is_indexed(one) || (driver_ && driver_->is_value))
      continue;
    if (one.compare == comparison::equal)
      driver_ = driver{one.field, {one}, true};
    else if (!driver_)
      driver_ = driver{one.field, {one}, false};
    else if (driver_->field == one.field)
      driver_->conditions.push_back(one);
  }
}

view_plan::way view_plan::best() const {
  if (!driver_)
    return way::by_key;
  return driver_->is_value ? way::by_value : way::by_range;
}

std::vector<std::string>
view_plan::first_binds(const key_interval& keys) const {
  return {row_name(view_), std::to_string(view_.version), view_.shape,
          keys.from, keys.below};
}

std::string view_plan::where(std::vector<std::string>& to) const {
  return all_of(selected_.where, to, condition_of);
}

std::string view_plan::range(std::vector<std::string>& to) const {
  return all_of(driver_->conditions, to, indexed_condition_of);
}

made_statement view_plan::count_indexed(std::size_t most) const {
  CAFES_ASSERT(best() == way::by_range);
  made_statement made;
  made.binds.push_back(std::to_string(most));
  made.text = for_view(sql::count_indexed, view_, {});
  made.text = replaced(made.text, ":range", range(made.binds));
  made.text = replaced(made.text, ":value", indexed_value_of(driver_->field));
  return made;
}

made_statement view_plan::query(const checked_query& asked, way taken) const {
  made_statement made;
  made.binds = first_binds(asked.select.keys);
  made.binds.push_back(std::to_string(asked.limit + 1));
  made.text = for_view(statement_of(taken), view_, {});
  made.text = replaced(made.text, ":order", asked.descending ? "DESC" : "ASC");
  if (taken != way::by_range)
    made.binds.push_back(std::to_string(limits::query_scan_max));
  if (taken == way::by_range)
    made.text = replaced(made.text, ":range", range(made.binds));
  if (taken == way::by_value)
    made.text
      = replaced(made.text, ":wanted",
                 indexed_bind_of(driver_->conditions.front(), made.binds));
  if (taken != way::by_key)
    made.text = replaced(made.text, ":value", indexed_value_of(driver_->field));
  made.text = replaced(made.text, ":where", where(made.binds));
  return made;
}

made_statement view_plan::total(const checked_total& asked) const {
  made_statement made;
  made.binds = first_binds(asked.select.keys);
  made.text = for_view(driver_ ? sql::total_by_index : sql::total_by_key, view_,
                       {});
  if (driver_) {
    made.text = replaced(made.text, ":range", range(made.binds));
    made.text = replaced(made.text, ":value", indexed_value_of(driver_->field));
  }
  made.text = replaced(made.text, ":sum",
                       asked.summed ? "sum(" + value_of(*asked.summed) + ")"
                                    : "0");
  made.text = replaced(made.text, ":where", where(made.binds));
  return made;
}

} // namespace cafes::store::postgres
