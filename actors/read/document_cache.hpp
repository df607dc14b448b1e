// SPDX-License-Identifier: MIT
#pragma once

#include "store/view_session.hpp"

#include <cstddef>
#include <list>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cafes::actors {

/// Documents of a view as the store has them, for the one worker that writes
/// them: those used last, bounded by bytes. Plain data, no actor.
/// Thread: one at a time.
class document_cache {
public:
  /// Nothing is kept with 0.
  explicit document_cache(std::size_t bytes_max) : bytes_max_{bytes_max} {}

  /// Knows nothing any more.
  void clear();

  /// As clear, where the view is known to hold nothing yet.
  void start_empty();

  /// What the store has under this key, until the next call that changes
  /// something; null where that is not known, or nothing.
  [[nodiscard]] const std::string* find(std::string_view key);

  /// All that the view holds is here, so what is not found is not stored.
  [[nodiscard]] bool is_complete() const { return complete_; }

  /// The stored documents among these keys, in any order, as copies: from here,
  /// else from the store. Errors: those of view_writer::load.
  [[nodiscard]] expected<std::vector<store::keyed_document>>
  load(std::span<const std::string> keys, store::view_writer& from);

  /// Takes what has been committed; the least recently used goes for it. One
  /// that alone is above the bound is not kept.
  void put(const store::keyed_document& committed);

  /// What is kept takes in memory, near enough for a bound.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

private:
  using documents = std::list<store::keyed_document>;

  [[nodiscard]] static std::size_t
  bytes_of(const store::keyed_document& document);
  void forget(documents::iterator which);

  std::size_t bytes_max_;
  std::size_t bytes_ = 0;
  bool complete_ = false;
  /// The one used last in front.
  documents documents_;
  std::unordered_map<std::string_view, documents::iterator> places_;
};

} // namespace cafes::actors
