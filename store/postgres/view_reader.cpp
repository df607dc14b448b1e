// SPDX-License-Identifier: MIT
#include "store/postgres/view_reader.hpp"

#include "store/page_limits.hpp"
#include "store/postgres/event_rows.hpp"
#include "store/postgres/view_table.hpp"

#include <cafes/limits.hpp>

#include <pqxx/row>

#include <utility>

namespace cafes::store::postgres {

view_reader::view_reader(conninfo where)
  : session_{std::move(where), {{"find_checkpoint", sql::find_checkpoint}}} {}

/// A view is there if its table is; on a checked schema nothing else is
/// missing.
template <class Read>
std::invoke_result_t<Read>
view_reader::read(const view_identity& view, Read work) {
  if (auto named = check_view(view); !named)
    return failure_of(named);
  auto answer = session_.read("read view " + view.name, std::move(work));
  if (!answer && answer.error().code == errc::incompatible_schema
      && session_.on().is_open())
    return no_view(view);
  return answer;
}

/// The same name and text again cost nothing.
std::string view_reader::prepared(std::string_view name,
                                  std::string_view statement,
                                  const view_identity& view) {
  auto own = std::string{name} + "_of_" + view.name + "_"
             + std::to_string(view.version);
  session_.on().prepare(own, for_view(statement, view, {}));
  return own;
}

expected<position> view_reader::checkpoint(const view_identity& view) {
  return read(view, [&]() -> expected<position> {
    const auto rows = session_.on().run("find_checkpoint", view.name,
                                        view.version);
    if (rows.empty())
      return no_view(view);
    return position{number_in(rows.front()[0])};
  });
}

expected<std::optional<std::string>>
view_reader::find(const view_identity& view, const std::string& key) {
  return read(view, [&]() -> expected<std::optional<std::string>> {
    const auto rows
      = session_.on().run(prepared("find", sql::find_document, view), key);
    if (rows.empty())
      return std::optional<std::string>{};
    return std::optional<std::string>{rows.front()[0].c_str()};
  });
}

expected<view_reader::page> view_reader::list(const view_identity& view,
                                              const view_range& range) {
  if (auto fits = check_page(range.limit, limits::page_documents_max); !fits)
    return failure_of(fits);
  return read(view, [&]() -> expected<page> {
    const auto rows = session_.on().run(
      prepared("list", sql::list_documents, view), view.name, view.version,
      range.after_key, static_cast<std::int64_t>(range.limit));
    if (rows.empty())
      return no_view(view);
    page listed;
    listed.checkpoint = position{number_in(rows.front()[0])};
    for (const auto& row : rows)
      if (!row[1].is_null())
        listed.documents.push_back({row[1].c_str(), row[2].c_str()});
    return listed;
  });
}

} // namespace cafes::store::postgres
