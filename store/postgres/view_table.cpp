// SPDX-License-Identifier: MIT
#include "store/postgres/view_table.hpp"

#include "store/postgres/placeholders.hpp"

#include <cafes/detail/assert.hpp>

namespace cafes::store::postgres {

std::string table_of(const view_identity& view) {
  CAFES_ASSERT(check_view(view).has_value());
  return "\"view_" + view.name + "_" + std::to_string(view.version)
         + (view.build == 1 ? "" : "$" + std::to_string(view.build)) + "\"";
}

namespace {

/// Names of views are identifiers.
std::string is_live(const view_identity& view) {
  return "(SELECT live FROM views WHERE name = '" + view.name
         + "' AND version = " + std::to_string(view.version)
         + ") = " + std::to_string(view.build);
}

} // namespace

std::string for_view(std::string_view statement, const view_identity& view,
                     std::string_view payload) {
  auto made = replaced(statement, ":table", table_of(view));
  made = replaced(made, ":live", is_live(view));
  return replaced(made, ":payload", payload);
}

} // namespace cafes::store::postgres
