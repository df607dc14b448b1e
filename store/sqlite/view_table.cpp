// SPDX-License-Identifier: MIT
#include "store/sqlite/view_table.hpp"

#include "store/sqlite/sql.hpp"

#include <cafes/detail/assert.hpp>

namespace cafes::store::sqlite {

std::string for_view(std::string_view sql, const view_identity& view) {
  CAFES_ASSERT(check_view(view));
  constexpr std::string_view mark = "{view}";
  const auto table = "view_" + view.name + "_" + std::to_string(view.version)
                     + (view.build == 1 ? ""
                                        : "$" + std::to_string(view.build));
  std::string made{sql};
  for (auto at = made.find(mark); at != std::string::npos;
       at = made.find(mark, at + table.size()))
    made.replace(at, mark.size(), table);
  return made;
}

std::optional<stored_view> find_view(database& db, const view_identity& view) {
  const auto name = row_name(view);
  auto row = db.prepare(sql::find_checkpoint);
  if (!row.bind(name, view.version).step())
    return std::nullopt;
  stored_view found{position{row.integer(0)}, row.text(1), {}};
  if (!row.is_null(2))
    found.paused = row.text(2);
  return found;
}

} // namespace cafes::store::sqlite
