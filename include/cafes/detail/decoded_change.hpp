// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/codec.hpp>
#include <cafes/expected.hpp>
#include <cafes/watch.hpp>

#include <string>
#include <utility>

namespace cafes::detail {

/// A change with its documents as values. Errors: corrupt.
template <class Document>
expected<view_change<Document>>
decoded(expected<view_change<std::string>> told) {
  if (!told)
    return failure_of(told);
  view_change<Document> change;
  change.gone = std::move(told->gone);
  change.checkpoint = told->checkpoint;
  for (auto& [key, data] : told->put) {
    auto document = decode<Document>(data);
    if (!document)
      return failure_of(document);
    change.put.push_back({std::move(key), *std::move(document)});
  }
  return change;
}

} // namespace cafes::detail
