// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/position.hpp>
#include <cafes/query.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cafes {

/// Read your own writes: wait until the view has come to this position. What
/// it has parked on the way is not in it: see projection_status::parked.
struct freshness {
  position at_least;
  std::chrono::milliseconds timeout{5'000};
};

/// What a key has in a view: a document, or nothing.
template <class Document>
struct view_entry : std::optional<Document> {
  /// The position up to which the view was applied at that moment.
  position checkpoint{};
};

/// One document with its key.
template <class Document>
struct keyed {
  std::string key;
  Document document;
};

/// Documents in the order asked for, and the checkpoint, of one moment.
template <class Document>
struct view_page {
  std::vector<keyed<Document>> documents;
  /// More may follow: ask again with this as view_query::after_key. Nullopt at
  /// the end. Where conditions leave out many, a page ends after
  /// limits::query_scan_max documents looked through, and may be short, even
  /// empty, although there are more.
  std::optional<std::string> more_after;
  /// The position up to which the view was applied at that moment.
  position checkpoint;
};

/// A count or a sum, and the checkpoint, of one moment.
struct view_total {
  std::int64_t value = 0;
  /// The position up to which the view was applied at that moment.
  position checkpoint;
};

} // namespace cafes
