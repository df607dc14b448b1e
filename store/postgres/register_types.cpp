// SPDX-License-Identifier: MIT
#include "store/postgres/register_types.hpp"

#include "store/postgres/event_rows.hpp"
#include "store/postgres/text_array.hpp"

#include <pqxx/transaction>

#include <map>
#include <string>
#include <utility>

namespace cafes::store::postgres {

namespace {

struct stored_type {
  type_id id;
  std::string shape;
};

using stored_types
  = std::map<std::pair<std::string, std::int64_t>, stored_type>;

stored_types types_in(const pqxx::result& rows) {
  stored_types types;
  for (const auto& row : rows)
    types[{row.at(1).c_str(), number_in(row.at(2))}]
      = {type_id{number_in(row.at(0))}, row.at(3).c_str()};
  return types;
}

} // namespace

expected<std::vector<type_id>>
register_types(connection& on, std::span<const detail::event_type> types) {
  pqxx::work change{on.session()};
  change.exec_prepared(
    "insert_types", array_of(types, [](const auto& type) { return type.name; }),
    array_of(types,
             [](const auto& type) {
               return static_cast<std::int64_t>(type.schema_version);
             }),
    array_of(types, [](const auto& type) { return type.shape; }));
  const auto stored = types_in(change.exec_prepared("find_types"));
  std::vector<type_id> ids;
  for (const auto& type : types) {
    const auto& found = stored.at({type.name, type.schema_version});
    if (found.shape != type.shape)
      return failure(errc::incompatible_schema,
                     type.name + " v" + std::to_string(type.schema_version)
                       + " is stored as " + found.shape + ", this program has "
                       + type.shape);
    ids.push_back(found.id);
  }
  change.commit();
  return ids;
}

} // namespace cafes::store::postgres
