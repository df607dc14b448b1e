// SPDX-License-Identifier: MIT
#include "actors/read/document_cache.hpp"

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
  if (const auto before = places_.find(committed.key); before != places_.end())
    forget(before->second);
  if (bytes_of(committed) > bytes_max_) {
    complete_ = false;
    return;
  }
  documents_.push_front(committed);
  places_.emplace(documents_.front().key, documents_.begin());
  bytes_ += bytes_of(committed);
  while (bytes_ > bytes_max_) {
    forget(std::prev(documents_.end()));
    complete_ = false;
  }
}

std::size_t document_cache::bytes_of(const store::keyed_document& document) {
  return sizeof(document) + document.key.size() + document.data.size()
         + overhead_bytes;
}

void document_cache::forget(documents::iterator which) {
  bytes_ -= bytes_of(*which);
  places_.erase(which->key);
  documents_.erase(which);
}

} // namespace cafes::actors
