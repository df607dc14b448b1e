// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/codec.hpp>
#include <cafes/definition.hpp>
#include <cafes/detail/decoded_change.hpp>
#include <cafes/detail/erased_outcome.hpp>
#include <cafes/limits.hpp>
#include <cafes/parked.hpp>
#include <cafes/settings.hpp>
#include <cafes/status.hpp>
#include <cafes/view.hpp>
#include <cafes/watch.hpp>

#include <chrono>
#include <functional>
#include <future>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cafes {

/// How a command is sent.
struct send_options {
  /// Without an id there is no deduplication.
  uuid id{};
  /// Set when the command may have been sent before (after a time-out, a
  /// crash, by a repeated import): its id is then looked up in the whole
  /// stream, not only in the window of recent ids.
  bool retry = false;
  uuid correlation_id{};
  uuid causation_id{};
  /// Zero means settings::command_timeout.
  std::chrono::milliseconds timeout{0};
};

/// What a runtime does beside reading.
enum class participation {
  /// Owns the log, runs aggregates, projections and reactors.
  full,
  /// Writes no events and has no reactions; runs projections that nobody else
  /// runs.
  reader,
};

/// A page of a stream or of the log.
struct event_page {
  std::vector<recorded_event> events;
  /// Another page follows.
  bool more = false;
};

/// A running service: aggregates as actors, a log, projections, reactors. Every
/// command sent ends in exactly one outcome, also when the runtime is stopped.
/// Thread: any, for all functions; the blocking ones say so.
class runtime {
public:
  /// Opens the store, creates or upgrades its schema, takes the log and
  /// starts the projections and reactors; a reactor that begins at the end of
  /// the log reacts to all that is sent from then on. Blocks up to
  /// settings::ownership_wait.
  /// Errors: invalid_argument (the DSN or the definition), unavailable (the
  /// store cannot be reached), not_owner (another process owns the log: wait
  /// or stop it), incompatible_schema (an event changed shape under an old
  /// version, or the store is newer than this program).
  [[nodiscard]] static expected<runtime>
  start(definition service, settings with,
        participation role = participation::full);

  runtime(runtime&&) noexcept;
  runtime& operator=(runtime&&) noexcept;
  /// Stops, if stop was not called.
  ~runtime();

  /// Sends a command to the instance `key`; the future holds its outcome.
  template <decider Decider, class Command>
  [[nodiscard]] std::future<outcome<Decider>>
  send(std::string_view key, Command asked, const send_options& options = {}) {
    auto promise = std::make_shared<std::promise<outcome<Decider>>>();
    auto answer = promise->get_future();
    send<Decider>(key, std::move(asked), options,
                  [promise](outcome<Decider> ended) {
                    promise->set_value(std::move(ended));
                  });
    return answer;
  }

  /// The same with a continuation, called once: on a runtime thread, or in this
  /// one before `send` returns when the command is refused at once. It must
  /// not block, not throw and not stop the runtime.
  template <decider Decider, class Command>
  void send(std::string_view key, Command asked, const send_options& options,
            std::function<void(outcome<Decider>)> then) {
    send_erased(Decider::category, key,
                detail::erase_command<Command, Decider>(std::move(asked)),
                options,
                [then = std::move(then)](detail::erased_outcome&& ended) {
                  then(detail::restore<Decider>(std::move(ended)));
                });
  }

  /// Sends a command given by name and JSON text.
  [[nodiscard]] std::future<named_outcome>
  send_named(std::string_view category, std::string_view key,
             std::string_view command, std::string_view json,
             const send_options& options = {});

  /// Reads one document. What comes was applied up to `at_least`, or the answer
  /// is deadline_exceeded. Blocks. Errors: deadline_exceeded (the view does not
  /// hold the position yet: wait longer), unavailable, corrupt,
  /// invalid_argument (the projection is not part of the definition).
  template <projection Projection>
  [[nodiscard]] expected<view_entry<typename Projection::document>>
  find(std::string_view key, const freshness& fresh = {}) {
    auto found = find_document(Projection::name, key, fresh);
    if (!found)
      return failure_of(found);
    view_entry<typename Projection::document> entry{{}, found->checkpoint};
    if (!*found)
      return entry;
    auto document = decode<typename Projection::document>(**found);
    if (!document)
      return failure_of(document);
    entry.emplace(*std::move(document));
    return entry;
  }

  /// Reads a page of documents in order of key. Without an index for one of its
  /// conditions it looks through documents, at most limits::query_scan_max of
  /// them. Blocks. Errors: as find; invalid_argument (a field that the document
  /// does not have; the message names those it has), limit_exceeded,
  /// incompatible_schema (who builds the view has another document).
  template <projection Projection>
  [[nodiscard]] expected<view_page<typename Projection::document>>
  query(const view_query& asked = {}, const freshness& fresh = {}) {
    auto found = query_documents(Projection::name, asked, fresh);
    if (!found)
      return failure_of(found);
    view_page<typename Projection::document> page;
    page.more_after = std::move(found->more_after);
    page.checkpoint = found->checkpoint;
    for (auto& [key, data] : found->documents) {
      auto document = decode<typename Projection::document>(data);
      if (!document)
        return failure_of(document);
      page.documents.push_back({std::move(key), *std::move(document)});
    }
    return page;
  }

  /// Counts documents. Looks through all that are selected, or that have an
  /// indexed value which is asked for: the time it takes grows with them.
  /// Blocks. Errors: as query.
  template <projection Projection>
  [[nodiscard]] expected<view_total>
  count(const view_selection& selected = {}, const freshness& fresh = {}) {
    return count_documents(Projection::name, selected, fresh);
  }

  /// The exact sum of a field that is a whole number; nulls add nothing. As
  /// count, and limit_exceeded for a sum beyond 64 bits.
  template <projection Projection>
  [[nodiscard]] expected<view_total> sum(const std::string& field,
                                         const view_selection& selected = {},
                                         const freshness& fresh = {}) {
    return sum_documents(Projection::name, field, selected, fresh);
  }

  /// Tells the answer to a query, and then each change of it: a page at most,
  /// without what is after it. What happened within some 20 ms comes as one
  /// change; where another process makes the view, within its
  /// settings::poll_interval. `then` is called by a thread that serves all
  /// watches, one call at a time: it must not block for long, nor stop the
  /// runtime. A query that fails is told once, and asked again when the view
  /// has moved. Errors: as query, overloaded (settings::watches_max),
  /// shutting_down.
  template <projection Projection>
  [[nodiscard]] expected<subscription> watch(
    const view_query& asked,
    std::function<void(expected<view_change<typename Projection::document>>)>
      then) {
    return watch_documents(
      Projection::name, asked,
      [then = std::move(then)](expected<view_change<std::string>> told) {
        then(detail::decoded<typename Projection::document>(std::move(told)));
      });
  }

  /// The same by name, with documents as JSON text. Blocks. Errors as those.
  [[nodiscard]] expected<view_entry<std::string>>
  find_document(std::string_view projection, std::string_view key,
                const freshness& fresh = {});
  [[nodiscard]] expected<view_page<std::string>>
  query_documents(std::string_view projection, const view_query& asked = {},
                  const freshness& fresh = {});
  [[nodiscard]] expected<subscription>
  watch_documents(std::string_view projection, const view_query& asked,
                  std::function<void(expected<view_change<std::string>>)> then);
  [[nodiscard]] expected<view_total>
  count_documents(std::string_view projection,
                  const view_selection& selected = {},
                  const freshness& fresh = {});
  [[nodiscard]] expected<view_total>
  sum_documents(std::string_view projection, const std::string& field,
                const view_selection& selected = {},
                const freshness& fresh = {});

  /// Stops a projection or a reactor where it is, until it is resumed; also
  /// over restarts, and wherever it runs: whoever builds the view obeys within
  /// its settings::poll_interval. Blocks. Errors: invalid_argument (no such
  /// projection, nobody has started it yet, or `why` is empty), unavailable.
  [[nodiscard]] expected<void> pause_projection(std::string_view projection,
                                                const std::string& why);
  [[nodiscard]] expected<void> resume_projection(std::string_view projection);

  /// Events that a projection or a reactor has set aside, after a position and
  /// in order of position, at most limits::page_parked_max. Blocks. Errors as
  /// pause_projection.
  [[nodiscard]] expected<std::vector<parked_event>>
  parked_events(std::string_view projection, position after = {},
                std::size_t limit = limits::page_parked_max);

  /// Has the parked events of one key, or of all, applied in order. What fails
  /// again stays parked with those behind it. Returns how many are to be tried;
  /// they are within settings::poll_interval. Blocks. Errors as
  /// pause_projection.
  [[nodiscard]] expected<std::int64_t>
  retry_parked(std::string_view projection,
               const std::optional<std::string>& key = {});

  /// Forgets the event of this key that failed, and applies those behind it:
  /// the view goes on as if it had never happened; a reactor does not react to
  /// it. As retry_parked.
  [[nodiscard]] expected<std::int64_t> drop_parked(std::string_view projection,
                                                   const std::string& key);

  /// Has a projection's view made anew from the first event, beside the one
  /// that is queried, which goes on and is replaced in one step when both are
  /// at one position. Goes on with a rebuild that was cancelled or has stopped,
  /// unless `anew`. What was live before the last rebuild is dropped. Returns
  /// the new build's number at once; the rest is in projection_status. Blocks.
  /// Errors as pause_projection, invalid_argument where a roll back is under
  /// way, and outcome_unknown (its status tells, within a poll interval).
  [[nodiscard]] expected<int> rebuild_projection(std::string_view projection,
                                                 bool anew = false);

  /// Keeps a rebuild, or a roll back, as far as it is. Blocks. Errors as
  /// pause_projection, and invalid_argument where none is under way.
  [[nodiscard]] expected<void> cancel_rebuild(std::string_view projection);

  /// Goes back to the build that was live before the last rebuild, once it has
  /// caught up; what is live now is kept for the way back. Returns that build's
  /// number at once. Blocks. Errors as pause_projection, and invalid_argument
  /// where there is none, or a rebuild is under way.
  [[nodiscard]] expected<int> roll_back_projection(std::string_view projection);

  /// Folds one stream as this projection would, from its events instead of a
  /// view: what it comes to now, or came to at an earlier version. The
  /// projection need not be part of the definition. Blocks; its handlers run in
  /// this thread, as long as they take.
  /// Limits: limits::page_documents_max documents.
  /// Errors: stream_not_found, corrupt (an event cannot be applied; the message
  /// names it), limit_exceeded, unavailable, invalid_argument.
  template <projection Projection>
  [[nodiscard]] expected<std::vector<keyed<typename Projection::document>>>
  fold(const stream_name& stream,
       version until = version{std::numeric_limits<std::int64_t>::max()}) {
    auto folded = fold_stream(detail::make_projection_type<Projection>(),
                              stream, until);
    if (!folded)
      return failure_of(folded);
    std::vector<keyed<typename Projection::document>> documents;
    for (auto& [key, data] : *folded) {
      auto document = decode<typename Projection::document>(data);
      if (!document)
        return failure_of(document);
      documents.push_back({std::move(key), *std::move(document)});
    }
    return documents;
  }

  /// Reads a stream from a version on, at most limits::page_events_max at a
  /// time. Blocks. Errors: stream_not_found, invalid_argument, unavailable.
  [[nodiscard]] expected<event_page>
  read_stream(const stream_name& stream, version from, std::size_t limit);

  /// Reads the log after a position. Blocks. Errors: unavailable.
  [[nodiscard]] expected<event_page> read_log(position after,
                                              std::size_t limit);

  /// What the store holds. Blocks. Errors: unavailable.
  [[nodiscard]] expected<store_summary> summary();

  /// What is going on now. Errors: none; figures may be a moment old.
  [[nodiscard]] runtime_status status() const;

  /// Waits until every projection has applied what is in the log now, and every
  /// reactor that runs here has reacted to it, or parked it; not for those that
  /// are paused. Blocks.
  /// Errors: deadline_exceeded (the message names all that are behind, and
  /// why).
  [[nodiscard]] expected<void> drain(std::chrono::milliseconds timeout);

  /// Refuses new commands with `shutting_down`, waits for those under way,
  /// gives up the log. Blocks up to settings::stop_timeout.
  void stop();

  /// What is inside, complete only in the runtime's own room.
  class core;
  explicit runtime(std::unique_ptr<core> inside);

private:
  void send_erased(std::string_view category, std::string_view key,
                   detail::any_command asked, const send_options& options,
                   detail::reply then);
  [[nodiscard]] expected<std::vector<detail::keyed_document>>
  fold_stream(const detail::projection_type& type, const stream_name& stream,
              version until);

  std::unique_ptr<core> core_;
};

} // namespace cafes
