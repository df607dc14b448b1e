// SPDX-License-Identifier: MIT
#include "actors/read/document_cache.hpp"

#include <cafes/limits.hpp>

#include <algorithm>
#include <iterator>

namespace cafes::actors {

namespace {

/// Nodes of list and map, with what the allocator adds.
constexpr std::size_t overhead_bytes = 96;

} // namespace

void document_cache::clear() {
  places_.clear();
  documents_.clear();
  bytes_ = 0;
  complete_ = false;
}

void document_cache::start_empty() {
  clear();
  complete_ = true;
}

const std::string* document_cache::find(std::string_view key) {
  const auto found = places_.find(key);
  if (found == places_.end())
    return nullptr;
  documents_.splice(documents_.begin(), documents_, found->second);
  return &found->second->data;
}

void document_cache::put(const store::keyed_document& committed) {
  const auto before = places_.find(committed.key);
  if (bytes_of(committed) > bytes_max_) {
    if (before != places_.end())
      forget(before->second);
    complete_ = false;
    return;
  }
  if (before != places_.end()) {
    const auto kept = before->second;
    bytes_ -= bytes_of(*kept);
    kept->data = committed.data;
    documents_.splice(documents_.begin(), documents_, kept);
  } else {
    documents_.push_front(committed);
    places_.emplace(documents_.front().key, documents_.begin());
  }
  bytes_ += bytes_of(documents_.front());
  while (bytes_ > bytes_max_) {
    forget(std::prev(documents_.end()));
    complete_ = false;
  }
}

expected<std::vector<store::keyed_document>>
document_cache::load(std::span<const std::string> keys,
                     store::view_writer& from) {
  std::vector<store::keyed_document> known;
  std::vector<std::string> others;
  for (const auto& key : keys)
    if (const auto* data = find(key))
      known.push_back({key, *data});
    else
      others.push_back(key);
  if (complete_)
    return known;
  for (std::span rest{others}; !rest.empty();) {
    const auto some
      = rest.first(std::min(rest.size(), limits::page_documents_max));
    auto loaded = from.load(some);
    if (!loaded)
      return loaded;
    std::move(loaded->begin(), loaded->end(), std::back_inserter(known));
    rest = rest.subspan(some.size());
  }
  return known;
}

std::size_t document_cache::bytes_of(const store::keyed_document& document) {
  return sizeof(document) + document.key.capacity() + document.data.capacity()
         + overhead_bytes;
}

void document_cache::forget(documents::iterator which) {
  bytes_ -= bytes_of(*which);
  places_.erase(which->key);
  documents_.erase(which);
}

} // namespace cafes::actors
