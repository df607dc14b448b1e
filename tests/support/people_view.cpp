// SPDX-License-Identifier: MIT
#include "tests/support/people_view.hpp"

#include "tests/support/printing.hpp"

#include <cafes/codec.hpp>
#include <cafes/detail/shape.hpp>
#include <cafes/limits.hpp>

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

namespace cafes::test {

store::view_identity people_view_with(std::vector<std::string> indexed,
                                      int version) {
  return {"people", version, detail::shape_of<person>(), std::move(indexed)};
}

people_view::people_view(store_under_test& under, store::view_identity wanted)
  : view{std::move(wanted)},
    writer{must(under.store().open_view_writer(view))},
    reader{must(under.store().open_view_reader())} {
  const auto checkpoint = must(writer->claim());
  if (!checkpoint)
    throw std::runtime_error{"somebody else has the view"};
  at = *checkpoint;
}

void people_view::put(const people& more) {
  std::vector<store::keyed_document> documents;
  const auto commit = [&] {
    must(writer->commit({at, at.next(), documents, {}, {}}));
    at = at.next();
    documents.clear();
  };
  for (const auto& [key, one] : more) {
    documents.push_back({key, must(encode(one))});
    if (documents.size() == limits::page_documents_max)
      commit();
  }
  commit();
}

void people_view::put_numbered(int count) {
  people more;
  for (int number = 0; number < count; ++number)
    more[fmt::format("{:06}", number)].balance = number;
  put(more);
}

expected<store::view_reader::page>
people_view::query(const view_query& asked) const {
  return reader->query(view, asked);
}

std::vector<std::string> people_view::keys(view_query asked) const {
  std::vector<std::string> found;
  for (;;) {
    auto page = must(query(asked));
    if (page.documents.size() > asked.limit)
      throw std::runtime_error{"a page is longer than its limit"};
    for (const auto& [key, data] : page.documents)
      found.push_back(key);
    if (!page.more_after)
      return found;
    asked.after_key = *page.more_after;
  }
}

std::vector<std::string>
people_view::where(std::vector<condition> conditions) const {
  view_query asked;
  asked.select.where = std::move(conditions);
  return keys(std::move(asked));
}

expected<store::view_reader::totals>
people_view::total(const view_selection& selected,
                   const std::string& summed) const {
  return reader->total(view, selected, summed);
}

} // namespace cafes::test
