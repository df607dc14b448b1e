// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/position.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace cafes {

/// Which documents of a view to read.
struct view_range {
  /// Keys above this one, in byte order; empty starts at the first.
  std::string after_key;
  /// At most limits::page_documents_max.
  std::size_t limit = 100;
};

/// Read your own writes: wait until the view has come to this position. What
/// it has parked on the way is not in it: see projection_status::parked.
struct freshness {
  position at_least;
  std::chrono::milliseconds timeout{5'000};
};

/// One document with its key.
template <class Document>
struct keyed {
  std::string key;
  Document document;
};

/// Documents in ascending byte order of key. Another page may follow when
/// there are as many as the limit: ask again after the last key.
template <class Document>
struct view_page {
  std::vector<keyed<Document>> documents;
  /// The position up to which the view was applied before the page was read.
  position checkpoint;
};

} // namespace cafes
