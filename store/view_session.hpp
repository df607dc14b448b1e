// SPDX-License-Identifier: MIT
#pragma once

#include "store/view_builds.hpp"
#include "store/view_identity.hpp"

#include <cafes/detail/projection_type.hpp>
#include <cafes/expected.hpp>
#include <cafes/parked.hpp>
#include <cafes/position.hpp>
#include <cafes/view.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cafes::store {

using detail::keyed_document;

/// What the worker of a view has been asked to do.
struct view_orders {
  /// Why it is to stand still, while it is.
  std::optional<std::string> paused;
  /// Parked events with a wish, in order of position; the first
  /// limits::page_parked_max of them.
  std::vector<parked_event> wished;
  /// Whether another build is to be made, or no longer.
  view_builds builds;
  /// How far the target is; 0 without one.
  position target_checkpoint;
};

/// What a page of the log comes to.
struct view_commit {
  /// Where the checkpoint is, and where it goes; the same where only parked
  /// events were tried again.
  position from;
  position to;
  /// Written over the documents of their keys.
  std::span<const keyed_document> changed;
  /// Set aside, each once; over the entry of the same position, whose wish is
  /// gone then.
  std::span<const parked_event> parked;
  /// Parked no more: applied now, or dropped. Each once, none of `parked`.
  std::span<const position> released;
};

class view_writer;

/// A build on its way to become the live one.
struct target_build {
  int number = 0;
  position checkpoint;
  std::unique_ptr<view_writer> writer;
};

/// The session of the one worker that makes a view: the live build, and by
/// `open_target` one that is to replace it.
///
/// Life: `claim`, then `load` and `commit` by turns. The writer of a target is
/// claimed from the start, and ends with the claim of the view.
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

  /// The stored documents above a key, in ascending byte order of key.
  /// Limits: `limit` is 1 to limits::page_documents_max.
  [[nodiscard]] virtual expected<std::vector<keyed_document>>
  list(const std::string& after_key, std::size_t limit) = 0;

  /// All parked events of the view after a position, in order of position.
  /// Limits: `limit` is 1 to limits::page_parked_max.
  [[nodiscard]] virtual expected<std::vector<parked_event>>
  parked(position after, std::size_t limit) = 0;

  /// What people have asked for since: to be looked at between two pages.
  [[nodiscard]] virtual expected<view_orders> orders() = 0;

  /// Pauses the view, with the limits and errors of view_operator::pause. A
  /// target is not made any more instead; nothing happens if it is not the
  /// target now.
  [[nodiscard]] virtual expected<void> pause(const std::string& why) = 0;

  /// Does all of it in one transaction, or nothing. A backend may forget the
  /// last commits when its server crashes, and ends this session then; but not
  /// the one from position 0, which says where a view begins.
  /// Limits: limits::page_parked_max parked and as many released, each message
  /// at most limits::parked_message_bytes_max.
  /// Errors: limit_exceeded, invalid_argument (a message that is no text),
  /// not_owner (the checkpoint is not at `from` any more, or a released
  /// event is not parked: somebody else works on this view; stop).
  [[nodiscard]] virtual expected<void> commit(const view_commit& page) = 0;

  /// The build that people want to be made, made empty if it is new; nullopt
  /// if they want none. Works on the live build only.
  [[nodiscard]] virtual expected<std::optional<target_build>> open_target() = 0;

  /// A target is not made any more, and `why` is shown; nothing happens if it
  /// is not the target now. Limits and errors as pause.
  [[nodiscard]] virtual expected<void>
  stop_target(int number, const std::string& why) = 0;

  /// Makes this target the live build, in one durable transaction, if both are
  /// at this position. It is paused if the one before was; that one is kept as
  /// it is, and its writer is of no more use.
  /// Errors: not_owner (one of them is elsewhere, or it is no target now).
  [[nodiscard]] virtual expected<void> go_live(position at) = 0;
};

/// Reads views. Thread: one at a time; blocks. Errors as view_writer, and
/// invalid_argument for a view that nobody has created.
class view_reader {
public:
  virtual ~view_reader() = default;

  /// A document and the checkpoint of one moment.
  struct entry {
    std::optional<std::string> document;
    position checkpoint;
  };

  /// Documents and checkpoint of one moment; as view_page.
  struct page {
    std::vector<keyed_document> documents;
    std::optional<std::string> more_after;
    position checkpoint;
  };

  /// How many documents, the sum of a field over them, and the checkpoint of
  /// one moment.
  struct totals {
    std::int64_t documents = 0;
    std::int64_t sum = 0;
    position checkpoint;
  };

  [[nodiscard]] virtual expected<position> checkpoint(const view_identity& view)
    = 0;

  [[nodiscard]] virtual expected<entry>
  find(const view_identity& view, const std::string& key) = 0;

  /// A page, in byte order of key.
  /// Limits: view_query's; at most limits::query_scan_max documents are looked
  /// through.
  /// Errors: invalid_argument (a field that the document does not have, or a
  /// value of another type than it), limit_exceeded, incompatible_schema (the
  /// view holds documents of another shape), corrupt (a document is not of its
  /// shape).
  [[nodiscard]] virtual expected<page>
  query(const view_identity& view, const view_query& asked) = 0;

  /// Counts what is selected, and sums a whole number of it unless `summed` is
  /// empty; nulls add nothing. Looks through all of it, however long it takes.
  /// Errors: as query, and limit_exceeded for a sum beyond 64 bits.
  [[nodiscard]] virtual expected<totals> total(const view_identity& view,
                                               const view_selection& selected,
                                               const std::string& summed)
    = 0;
};

} // namespace cafes::store
