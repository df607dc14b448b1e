// SPDX-License-Identifier: MIT
#include "store/postgres/view_reader.hpp"

#include "store/page_limits.hpp"
#include "store/postgres/event_rows.hpp"
#include "store/postgres/view_table.hpp"

#include <cafes/limits.hpp>

#include <pqxx/row>

#include <utility>

namespace cafes::store::postgres {

namespace {

/// How often a build may stop being live between two looks.
constexpr int looks_max = 3;

} // namespace

view_reader::view_reader(conninfo where)
  : session_{std::move(where),
             {{"find_live_checkpoint", sql::find_live_checkpoint},
              {"find_builds", sql::find_builds}}} {}

/// The build that was live the last time still is, nearly always, and the read
/// itself looks whether it is. One that is not may have been dropped with its
/// table; on a checked schema nothing else is missing.
template <class Answer>
expected<Answer>
view_reader::read(const view_identity& view, const reading<Answer>& work) {
  if (auto named = check_view(view); !named)
    return failure_of(named);
  auto& live = live_.try_emplace({view.name, view.version}, 1).first->second;
  for (int look = 0;; ++look) {
    auto answer = session_.read("read view " + view.name,
                                [&] { return work(with_build(view, live)); });
    if (answer && *answer)
      return **std::move(answer);
    if (!answer
        && (answer.error().code != errc::incompatible_schema
            || !session_.on().is_open()))
      return failure_of(answer);
    if (look == looks_max)
      return no_view(view);
    auto found = find_live(view);
    if (!found)
      return failure_of(found);
    live = *found;
  }
}

expected<int> view_reader::find_live(const view_identity& view) {
  return session_.read("find the live build of view " + view.name,
                       [&]() -> expected<int> {
                         const auto rows = session_.on().run(
                           "find_builds", view.name, view.version);
                         if (rows.empty())
                           return no_view(view);
                         return rows.front()[0].as<int>();
                       });
}

/// The same name and text again cost nothing.
std::string view_reader::prepared(std::string_view name,
                                  std::string_view statement,
                                  const view_identity& live) {
  auto own = std::string{name} + "_of_" + row_name(live) + "_"
             + std::to_string(live.version);
  session_.on().prepare(own, for_view(statement, live, {}));
  return own;
}

expected<position> view_reader::checkpoint(const view_identity& view) {
  return read<position>(view,
                        [&](const auto&) -> expected<std::optional<position>> {
                          const auto rows = session_.on().run(
                            "find_live_checkpoint", view.name, view.version);
                          if (rows.empty())
                            return no_view(view);
                          return position{number_in(rows.front()[0])};
                        });
}

expected<std::optional<std::string>>
view_reader::find(const view_identity& view, const std::string& key) {
  using found = std::optional<std::string>;
  return read<found>(
    view, [&](const view_identity& live) -> expected<std::optional<found>> {
      const auto rows
        = session_.on().run(prepared("find", sql::find_document, live),
                            view.name, view.version, live.build, key);
      if (rows.empty())
        return std::optional<found>{};
      const auto document = rows.front()[0];
      return std::optional<found>{document.is_null() ? found{}
                                                     : found{document.c_str()}};
    });
}

expected<view_reader::page> view_reader::list(const view_identity& view,
                                              const view_range& range) {
  if (auto fits = check_page(range.limit, limits::page_documents_max); !fits)
    return failure_of(fits);
  return read<page>(
    view, [&](const view_identity& live) -> expected<std::optional<page>> {
      const auto rows = session_.on().run(
        prepared("list", sql::list_documents, live), view.name, view.version,
        live.build, range.after_key, static_cast<std::int64_t>(range.limit));
      if (rows.empty())
        return std::optional<page>{};
      page listed;
      listed.checkpoint = position{number_in(rows.front()[0])};
      for (const auto& row : rows)
        if (!row[1].is_null())
          listed.documents.push_back({row[1].c_str(), row[2].c_str()});
      return std::optional{std::move(listed)};
    });
}

} // namespace cafes::store::postgres
