// SPDX-License-Identifier: MIT
#include "store/view_walk.hpp"

#include <cafes/limits.hpp>

#include <limits>
#include <utility>

namespace cafes::store {

namespace {

/// Without conditions nothing is read.
expected<bool> is_selected(const checked_selection& selected,
                           const std::string& key, const std::string& data) {
  if (selected.where.empty())
    return true;
  auto document = selected_document::read(key, data);
  if (!document)
    return failure_of(document);
  return document->meets(selected.where);
}

} // namespace

expected<bool> page_walk::show(const std::string& key,
                               const std::string& data) {
  auto selected = is_selected(asked_.select, key, data);
  if (!selected)
    return selected;
  if (*selected) {
    if (page_.documents.size() == asked_.limit) {
      page_.more_after = page_.documents.back().key;
      return false;
    }
    page_.documents.push_back({key, data});
  }
  if (++looked_through_ < limits::query_scan_max)
    return true;
  page_.more_after = key;
  return false;
}

view_reader::page page_walk::page_at(position checkpoint) && {
  page_.checkpoint = checkpoint;
  return std::move(page_);
}

expected<void> total_walk::show(const std::string& key,
                                const std::string& data) {
  if (asked_.select.where.empty() && !asked_.summed) {
    ++documents_;
    return {};
  }
  auto document = selected_document::read(key, data);
  if (!document)
    return failure_of(document);
  auto selected = document->meets(asked_.select.where);
  if (!selected)
    return failure_of(selected);
  if (!*selected)
    return {};
  ++documents_;
  if (!asked_.summed)
    return {};
  auto number = document->number(*asked_.summed);
  if (!number)
    return failure_of(number);
  sum_ += *number;
  return {};
}

expected<view_reader::totals> total_walk::totals_at(position checkpoint) const {
  using whole = std::numeric_limits<std::int64_t>;
  if (sum_ < whole::min() || sum_ > whole::max())
    return sum_too_large(*asked_.summed);
  return view_reader::totals{documents_, static_cast<std::int64_t>(sum_),
                             checkpoint};
}

unexpected<error> sum_too_large(const detail::document_field& summed) {
  return failure(errc::limit_exceeded,
                 "the sum of " + name_of(summed)
                   + " does not fit into 64 bits: select less");
}

unexpected<error> other_shape(const view_identity& view) {
  return failure(errc::incompatible_schema,
                 view.name + " v" + std::to_string(view.version)
                   + " does not hold documents of this program's shape "
                   + view.shape);
}

} // namespace cafes::store
