// SPDX-License-Identifier: MIT
#pragma once

#include "store/view_identity.hpp"

#include <cafes/detail/projection_type.hpp>
#include <cafes/expected.hpp>
#include <cafes/position.hpp>
#include <cafes/view.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cafes::store {

using detail::keyed_document;

/// The session of the one worker that builds a view.
///
/// Life: `claim`, then `load` and `commit` by turns.
/// Thread: one at a time; every function blocks.
/// Errors of all: unavailable (later, with a new claim), corrupt.
class view_writer {
public:
  virtual ~view_writer() = default;

  /// Creates the view if it is not there and claims it until this session
  /// ends; nullopt when another session holds the claim. Otherwise the
  /// checkpoint: the last position applied.
  /// Errors: incompatible_schema (the document's shape changed under this
  /// version: raise the projection's version), invalid_argument (the name).
  [[nodiscard]] virtual expected<std::optional<position>> claim() = 0;

  /// The stored documents among these keys, in any order.
  /// Limits: limits::page_documents_max keys.
  [[nodiscard]] virtual expected<std::vector<keyed_document>>
  load(std::span<const std::string> keys) = 0;

  /// Writes documents and moves the checkpoint in one transaction.
  /// Errors: not_owner (the checkpoint is not at `from` any more: somebody
  /// else works on this view; stop).
  [[nodiscard]] virtual expected<void>
  commit(position from, position to, std::span<const keyed_document> changed)
    = 0;
};

/// Reads views. Thread: one at a time; blocks. Errors as view_writer, and
/// invalid_argument for a view that nobody has created.
class view_reader {
public:
  virtual ~view_reader() = default;

  /// Documents and checkpoint of one moment.
  struct page {
    std::vector<keyed_document> documents;
    position checkpoint;
  };

  [[nodiscard]] virtual expected<position> checkpoint(const view_identity& view)
    = 0;

  [[nodiscard]] virtual expected<std::optional<std::string>>
  find(const view_identity& view, const std::string& key) = 0;

  /// Documents above range.after_key in ascending byte order of key.
  [[nodiscard]] virtual expected<page>
  list(const view_identity& view, const view_range& range) = 0;
};

} // namespace cafes::store
