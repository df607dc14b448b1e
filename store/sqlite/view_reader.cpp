// SPDX-License-Identifier: MIT
#include "store/sqlite/view_reader.hpp"

#include "store/sqlite/build_rows.hpp"
#include "store/sqlite/sql.hpp"
#include "store/sqlite/transaction.hpp"
#include "store/view_walk.hpp"

#include <utility>

namespace cafes::store::sqlite {

view_reader::view_reader(const std::filesystem::path& file)
  : connection_{file, access::read} {}

/// Works on one moment of the live build of a view that exists.
template <class Work>
view_reader::result_of<Work>
view_reader::use(const view_identity& view, Work&& work) {
  using result = result_of<Work>;
  if (auto named = check_view(view); !named)
    return failure_of(named);
  return connection_.use([&](database& db) -> result {
    const transaction moment{db, transaction::kind::read};
    const auto live = find_live(db, view);
    if (!live)
      return no_view(view);
    const auto stored = find_view(db, *live);
    if (!stored)
      return no_view(view);
    return work(db, *live, *stored);
  });
}

expected<position> view_reader::checkpoint(const view_identity& view) {
  return use(view,
             [](database&, const view_identity&, const stored_view& stored)
               -> expected<position> { return stored.checkpoint; });
}

expected<view_reader::entry> view_reader::find(const view_identity& view,
                                               const std::string& key) {
  return use(view,
             [&](database& db, const view_identity& live,
                 const stored_view& stored) -> expected<entry> {
               entry read{{}, stored.checkpoint};
               auto row = db.prepare(for_view(sql::find_document, live));
               if (row.bind(key).step())
                 read.document = row.text(0);
               return read;
             });
}

expected<view_reader::page> view_reader::query(const view_identity& view,
                                               const view_query& asked) {
  auto checked = check_query(view, asked);
  if (!checked)
    return failure_of(checked);
  return use(view,
             [&](database& db, const view_identity& live,
                 const stored_view& stored) -> expected<page> {
               if (stored.shape != view.shape)
                 return other_shape(view);
               page_walk walk{*checked};
               auto rows = db.prepare(for_view(asked.descending
                                                 ? sql::walk_documents_down
                                                 : sql::walk_documents,
                                               live));
               rows.bind(checked->select.keys.from, checked->select.keys.below);
               for (bool more = true; more && rows.step();) {
                 auto shown = walk.show(rows.text(0), rows.text(1));
                 if (!shown)
                   return failure_of(shown);
                 more = *shown;
               }
               return std::move(walk).page_at(stored.checkpoint);
             });
}

expected<view_reader::totals> view_reader::total(const view_identity& view,
                                                 const view_selection& selected,
                                                 const std::string& summed) {
  auto checked = check_total(view, selected, summed);
  if (!checked)
    return failure_of(checked);
  return use(view,
             [&](database& db, const view_identity& live,
                 const stored_view& stored) -> expected<totals> {
               if (stored.shape != view.shape)
                 return other_shape(view);
               total_walk walk{*checked};
               auto rows = db.prepare(for_view(sql::walk_documents, live));
               rows.bind(checked->select.keys.from, checked->select.keys.below);
               while (rows.step())
                 if (auto shown = walk.show(rows.text(0), rows.text(1)); !shown)
                   return failure_of(shown);
               return walk.totals_at(stored.checkpoint);
             });
}

} // namespace cafes::store::sqlite
