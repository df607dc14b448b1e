// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_reader.hpp"
#include "store/log_writer_session.hpp"
#include "store/snapshot_writer.hpp"
#include "store/view_operator.hpp"
#include "store/view_session.hpp"

#include <cafes/settings.hpp>
#include <cafes/status.hpp>

#include <memory>
#include <string_view>

namespace cafes::store {

/// A place that keeps logs, views and checkpoints, and the source of sessions.
///
/// The contract of all backends, tested by one suite:
/// - positions of a log are 1..N and versions of a stream 1..n, without gaps;
/// - an append that was reported as stored survives the death of every process
///   and of the server (memory: survives the session);
/// - a view may fall back to an earlier checkpoint only when every process that
///   uses it dies with it, and never without its events;
/// - a reader sees a prefix of the log and never less later;
/// - a snapshot is a cache: never ahead of its stream, and the log is whole
///   without it;
/// - one writer a log at a time; one claim a view at a time;
/// - a view's documents and its checkpoint change together.
///
/// Sessions must not outlive their store. Thread: any.
class log_store {
public:
  virtual ~log_store() = default;

  /// Creates the schema or brings it up to date. Safe to call from several
  /// processes at once. Errors: unavailable, incompatible_schema (the store
  /// is newer than this program: upgrade the program).
  [[nodiscard]] virtual expected<void> migrate() = 0;

  /// What is stored. Errors: unavailable.
  [[nodiscard]] virtual expected<store_summary> summary() = 0;

  [[nodiscard]] virtual expected<std::unique_ptr<log_writer_session>>
  open_writer() = 0;
  [[nodiscard]] virtual expected<std::unique_ptr<log_reader>> open_reader() = 0;
  [[nodiscard]] virtual expected<std::unique_ptr<snapshot_writer>>
  open_snapshot_writer() = 0;
  [[nodiscard]] virtual expected<std::unique_ptr<view_writer>>
  open_view_writer(const view_identity& view) = 0;
  [[nodiscard]] virtual expected<std::unique_ptr<view_reader>>
  open_view_reader() = 0;
  [[nodiscard]] virtual expected<std::unique_ptr<view_operator>>
  open_view_operator() = 0;
};

/// Opens a store by its DSN; nothing is created but a SQLite file.
/// Errors: invalid_argument (not a DSN; the message lists the forms),
/// unavailable (cannot be reached), not_owner (a SQLite file in use by another
/// process).
[[nodiscard]] expected<std::unique_ptr<log_store>>
open_store(std::string_view dsn,
           payload_format payload = payload_format::jsonb);

} // namespace cafes::store
