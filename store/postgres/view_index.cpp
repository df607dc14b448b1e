// SPDX-License-Identifier: MIT
#include "store/postgres/view_index.hpp"

#include "store/postgres/event_rows.hpp"
#include "store/postgres/placeholders.hpp"
#include "store/postgres/view_table.hpp"

#include <cafes/detail/assert.hpp>

#include <fmt/format.h>

#include <pqxx/nontransaction>

#include <cstddef>
#include <cstdint>

namespace cafes::store::postgres {

namespace {

using detail::document_field;
using detail::field_kind;

constexpr std::size_t shown_bytes_max = 30;

/// The names of a path are identifiers: see document_field.
std::string text_of(const document_field& field) {
  std::string made = "data";
  for (std::size_t depth = 0; depth < field.path.size(); ++depth)
    made += (depth + 1 < field.path.size() ? "->'" : "->>'") + field.path[depth]
            + "'";
  return made;
}

/// FNV-1a, the same in every program.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 14'695'981'039'346'656'037U;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1'099'511'628'211U;
  }
  return hash;
}

/// One for each table and field; PostgreSQL cuts names at 63 bytes.
std::string name_of_index(const std::string& table, const std::string& field) {
  return fmt::format("by_{}_{:016x}", field.substr(0, shown_bytes_max),
                     hash_of(table + "." + field));
}

} // namespace

std::vector<sql::embedded> index_statements() {
  return {{"has_index", sql::has_index}};
}

std::string value_of(const document_field& field) {
  switch (field.kind) {
    case field_kind::boolean:
      return "(" + text_of(field) + ")::boolean";
    case field_kind::whole:
      return "(" + text_of(field) + ")::bigint";
    case field_kind::natural:
      return "(" + text_of(field) + ")::numeric";
    case field_kind::text:
      return "(" + text_of(field) + ") COLLATE \"C\"";
  }
  return "";
}

std::string indexed_value_of(const document_field& field) {
  if (field.kind != field_kind::text)
    return value_of(field);
  return fmt::format("left({}, {}) COLLATE \"C\"", text_of(field),
                     indexed_characters);
}

bool has_index(connection& on, const view_identity& view,
               const std::string& field) {
  const auto table = table_of(view);
  return flag_in(
    on.run("has_index", table, name_of_index(table, field)).at(0).at(0));
}

void make_indexes(connection& on, const view_identity& view) {
  for (const auto& name : view.indexed) {
    if (has_index(on, view, name))
      continue;
    const auto field = detail::find_field(view.shape, name);
    CAFES_ASSERT(field.has_value());
    const auto create
      = replaced(sql::create_view_index, ":index",
                 "\"" + name_of_index(table_of(view), name) + "\"");
    pqxx::nontransaction{on.session()}.exec(
      replaced(for_view(create, view, {}), ":value", indexed_value_of(*field)));
  }
}

} // namespace cafes::store::postgres
