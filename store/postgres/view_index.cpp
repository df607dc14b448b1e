// SPDX-License-Identifier: MIT
#include "store/postgres/view_index.hpp"

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
std::string name_of_index(const std::string& table,
                          const document_field& field) {
  const auto name = name_of(field);
  return fmt::format("by_{}_{:016x}", name.substr(0, shown_bytes_max),
                     hash_of(table + "." + name));
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

void make_indexes(connection& on, const view_identity& view) {
  const auto table = table_of(view);
  for (const auto& name : view.indexed) {
    const auto field = detail::find_field(view.shape, name);
    CAFES_ASSERT(field.has_value());
    const auto index = name_of_index(table, *field);
    if (on.run("has_index", table, index).at(0).at(0).as<bool>())
      continue;
    const auto create = replaced(sql::create_view_index, ":index",
                                 "\"" + index + "\"");
    pqxx::nontransaction{on.session()}.exec(
      replaced(for_view(create, view, {}), ":value", indexed_value_of(*field)));
  }
}

} // namespace cafes::store::postgres
