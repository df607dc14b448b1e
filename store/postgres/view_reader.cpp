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

view_reader::view_reader(conninfo where)
  : session_{std::move(where),
             {{"find_checkpoint", sql::find_checkpoint},
              {"has_index", sql::has_index}}} {}

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

expected<view_reader::entry> view_reader::find(const view_identity& view,
                                               const std::string& key) {
  return read(view, [&]() -> expected<entry> {
    const auto rows = session_.on().run(
      prepared("find", sql::find_document, view), view.name, view.version, key);
    if (rows.empty())
      return no_view(view);
    const auto row = rows.front();
    entry read{{}, position{number_in(row[0])}};
    if (!row[1].is_null())
      read.document = row[1].c_str();
    return read;
  });
}

/// One row at least, the first with the checkpoint and whether the shape fits.
/// The question has been checked, so what a value of it cannot be compared with
/// is a document that is not of its shape.
expected<pqxx::result> view_reader::ask(const view_identity& view,
                                        const made_statement& question) {
  auto rows = read(view, [&]() -> expected<pqxx::result> {
    try {
      return session_.on().run_made(question.text, question.binds);
    } catch (const pqxx::data_exception&) { // its words may quote documents
      return failure(errc::corrupt,
                     "a document of " + view.name + " is not of its shape");
    }
  });
  if (rows && rows->empty())
    return no_view(view);
  return rows;
}

/// Whoever builds the view may be of an older program and have made no index:
/// without it the statements for one would sort the whole view.
expected<view_identity>
view_reader::with_usable_indexes(const view_identity& view,
                                 const checked_selection& selected) {
  auto usable = view;
  usable.indexed.clear();
  for (const auto& field : view.indexed) {
    const auto is_asked = std::any_of(
      selected.where.begin(), selected.where.end(),
      [&](const auto& one) { return name_of(one.field) == field; });
    if (!is_asked)
      continue;
    const std::pair known{table_of(view), field};
    if (!indexes_.contains(known)) {
      auto there = read(view, [&]() -> expected<bool> {
        return has_index(session_.on(), view, field);
      });
      if (!there)
        return failure_of(there);
      if (!*there)
        continue;
      indexes_.insert(known);
    }
    usable.indexed.push_back(field);
  }
  return usable;
}

/// A range is walked along its index only if few documents are in it. How many
/// there are now decides about the way alone, not about what is found.
expected<view_plan::way> view_reader::way_of(const view_identity& view,
                                             const view_plan& plan) {
  if (plan.best() != view_plan::way::by_range)
    return plan.best();
  auto counted = ask(view, plan.count_indexed(limits::query_scan_max + 1));
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
  auto usable = with_usable_indexes(view, checked->select);
  if (!usable)
    return failure_of(usable);
  const view_plan plan{*usable, checked->select};
  auto way = way_of(view, plan);
  if (!way)
    return failure_of(way);
  auto rows = ask(view, plan.query(*checked, *way));
  if (!rows)
    return failure_of(rows);
  if (!flag_in(rows->front()[1]))
    return other_shape(view);
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
  return found;
}

expected<view_reader::totals> view_reader::total(const view_identity& view,
                                                 const view_selection& selected,
                                                 const std::string& summed) {
  auto checked = check_total(view, selected, summed);
  if (!checked)
    return failure_of(checked);
  auto usable = with_usable_indexes(view, checked->select);
  if (!usable)
    return failure_of(usable);
  auto rows = ask(view, view_plan{*usable, checked->select}.total(*checked));
  if (!rows)
    return failure_of(rows);
  const auto row = rows->front();
  if (!flag_in(row[1]))
    return other_shape(view);
  totals found{number_in(row[2]), 0, position{number_in(row[0])}};
  if (row[3].is_null())
    return found;
  const auto sum = read_number(row[3].c_str());
  const auto* whole = sum ? std::get_if<std::int64_t>(&*sum) : nullptr;
  if (whole == nullptr)
    return sum_too_large(*checked->summed);
  found.sum = *whole;
  return found;
}

} // namespace cafes::store::postgres
