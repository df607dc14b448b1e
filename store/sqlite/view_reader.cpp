// SPDX-License-Identifier: MIT
#include "store/sqlite/view_reader.hpp"

#include "store/page_limits.hpp"
#include "store/sqlite/build_rows.hpp"
#include "store/sqlite/sql.hpp"
#include "store/sqlite/transaction.hpp"
#include "store/sqlite/view_table.hpp"

#include <cafes/limits.hpp>

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
    return work(db, *live, stored->checkpoint);
  });
}

expected<position> view_reader::checkpoint(const view_identity& view) {
  return use(view,
             [](database&, const view_identity&,
                position at) -> expected<position> { return at; });
}

expected<std::optional<std::string>>
view_reader::find(const view_identity& view, const std::string& key) {
  using found = std::optional<std::string>;
  return use(view,
             [&](database& db, const view_identity& live,
                 position) -> expected<found> {
               auto row = db.prepare(for_view(sql::find_document, live));
               return row.bind(key).step() ? found{row.text(0)} : found{};
             });
}

expected<view_reader::page> view_reader::list(const view_identity& view,
                                              const view_range& range) {
  if (auto fits = check_page(range.limit, limits::page_documents_max); !fits)
    return failure_of(fits);
  return use(view,
             [&](database& db, const view_identity& live,
                 position at) -> expected<page> {
               page listed{{}, at};
               auto rows = db.prepare(for_view(sql::list_documents, live));
               rows.bind(range.after_key,
                         static_cast<std::int64_t>(range.limit));
               while (rows.step())
                 listed.documents.push_back({rows.text(0), rows.text(1)});
               return listed;
             });
}

} // namespace cafes::store::sqlite
