// SPDX-License-Identifier: MIT
#include "store/postgres/view_reader.hpp"

#include "store/door/json_number.hpp"
#include "store/postgres/event_rows.hpp"
#include "store/postgres/view_index.hpp"
#include "store/postgres/view_table.hpp"
#include "store/view_walk.hpp"

#include <cafes/limits.hpp>

#include <pqxx/except>
#include <pqxx/row>

#include <algorithm>
#include <utility>

namespace cafes::store::postgres {

namespace {

/// How often a build may stop being live between two looks.
constexpr int looks_max = 3;

} // namespace

view_reader::view_reader(conninfo where)
  : session_{std::move(where),
             {{"find_live_checkpoint", sql::find_live_checkpoint},
              {"find_builds", sql::find_builds},
              {"has_index", sql::has_index}}} {}

/// The build that was live the last time still is, nearly always, and the read
/// itself looks whether it is. One that is not may have been dropped with its
/// table; on a checked schema nothing else is missing.
template <class Answer>
expected<Answer>
view_reader::read(const view_identity& view, const reading<Answer>& work) {
  if (auto named = check_view(view); !named)
    return failure_of(named);
  const auto known = live_.find({view.name, view.version});
  if (known == live_.end()) {
    auto found = find_live(view);
    if (!found)
      return failure_of(found);
    live_.emplace(std::pair{view.name, view.version}, *found);
  }
  auto& live = live_.at({view.name, view.version});
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
    if (!answer && live == *found) // it is there, and its shape is another one
      return failure_of(answer);
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

expected<view_reader::entry> view_reader::find(const view_identity& view,
                                               const std::string& key) {
  return read<entry>(
    view, [&](const view_identity& live) -> expected<std::optional<entry>> {
      const auto rows
        = session_.on().run(prepared("find", sql::find_document, live),
                            row_name(live), live.version, key);
      if (rows.empty())
        return std::optional<entry>{};
      const auto row = rows.front();
      entry found{{}, position{number_in(row[0])}};
      if (!row[1].is_null())
        found.document = row[1].c_str();
      return std::optional{std::move(found)};
    });
}

/// The first row has the checkpoint and whether the shape fits; none where the
/// build is not live any more. The question has been checked, so what a value
/// of it cannot be compared with is a document that is not of its shape.
expected<pqxx::result> view_reader::ask(const view_identity& live,
                                        const made_statement& question) {
  try {
    return session_.on().run_made(question.text, question.binds);
  } catch (const pqxx::data_exception&) { // its words may quote documents
    return failure(errc::corrupt,
                   "a document of " + live.name + " is not of its shape");
  }
}

/// Whoever builds the view may be of an older program and have made no index:
/// without it the statements for one would sort the whole view.
view_identity
view_reader::with_usable_indexes(const view_identity& live,
                                 const checked_selection& selected) {
  auto usable = live;
  usable.indexed.clear();
  for (const auto& field : live.indexed) {
    const auto is_asked = std::any_of(
      selected.where.begin(), selected.where.end(),
      [&](const auto& one) { return name_of(one.field) == field; });
    if (!is_asked)
      continue;
    const std::pair known{table_of(live), field};
    if (!indexes_.contains(known)) {
      if (!has_index(session_.on(), live, field))
        continue;
      indexes_.insert(known);
    }
    usable.indexed.push_back(field);
  }
  return usable;
}

/// A range is walked along its index only if few documents are in it. How many
/// there are now decides about the way alone, not about what is found.
expected<view_plan::way> view_reader::way_of(const view_identity& live,
                                             const view_plan& plan) {
  if (plan.best() != view_plan::way::by_range)
    return plan.best();
  auto counted = ask(live, plan.count_indexed(limits::query_scan_max + 1));
  if (!counted)
    return failure_of(counted);
  const auto most = static_cast<std::int64_t>(limits::query_scan_max);
  return number_in(counted->front()[0]) > most ? view_plan::way::by_key
                                               : view_plan::way::by_range;
}

expected<view_reader::page> view_reader::query(const view_identity& view,
                                               const view_query& asked) {
  auto checked = check_query(view, asked);
  if (!checked)
    return failure_of(checked);
  return read<page>(view, [&](const view_identity& live) {
    return query_live(live, *checked);
  });
}

expected<std::optional<view_reader::page>>
view_reader::query_live(const view_identity& live, const checked_query& asked) {
  const auto usable = with_usable_indexes(live, asked.select);
  const view_plan plan{usable, asked.select};
  auto way = way_of(live, plan);
  if (!way)
    return failure_of(way);
  auto rows = ask(live, plan.query(asked, *way));
  if (!rows)
    return failure_of(rows);
  if (rows->empty())
    return std::optional<page>{};
  if (!flag_in(rows->front()[1]))
    return other_shape(live);
  page found;
  found.checkpoint = position{number_in(rows->front()[0])};
  for (const auto& row : *rows) {
    if (!row[3].is_null() && found.documents.size() == asked.limit)
      found.more_after = found.documents.back().key;
    else if (!row[3].is_null())
      found.documents.push_back({row[2].c_str(), row[3].c_str()});
    if (!found.more_after && !row[2].is_null() && flag_in(row[4]))
      found.more_after = row[2].c_str();
  }
  return std::optional{std::move(found)};
}

expected<view_reader::totals> view_reader::total(const view_identity& view,
                                                 const view_selection& selected,
                                                 const std::string& summed) {
  auto checked = check_total(view, selected, summed);
  if (!checked)
    return failure_of(checked);
  return read<totals>(view, [&](const view_identity& live) {
    return total_live(live, *checked);
  });
}

expected<std::optional<view_reader::totals>>
view_reader::total_live(const view_identity& live, const checked_total& asked) {
  const auto usable = with_usable_indexes(live, asked.select);
  auto rows = ask(live, view_plan{usable, asked.select}.total(asked));
  if (!rows)
    return failure_of(rows);
  if (rows->empty())
    return std::optional<totals>{};
  const auto row = rows->front();
  if (!flag_in(row[1]))
    return other_shape(live);
  totals found{number_in(row[2]), 0, position{number_in(row[0])}};
  if (row[3].is_null())
    return std::optional{found};
  const auto sum = read_number(row[3].c_str());
  const auto* whole = sum ? std::get_if<std::int64_t>(&*sum) : nullptr;
  if (whole == nullptr)
    return sum_too_large(*asked.summed);
  found.sum = *whole;
  return std::optional{found};
}

} // namespace cafes::store::postgres
