// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_connection.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cafes::store {

/// The one session that writes a log: what all backends have in common.
///
/// Life: `acquire`, then `append` as often as wanted. An append that answers
/// `outcome_unknown` leaves the session in doubt: only `resolve` with the same
/// batch is allowed next. After `not_owner` or `log_truncated` the session is
/// of no more use. Destroying it gives up the log.
/// Thread: one at a time; every function blocks.
class log_writer_session {
public:
  explicit log_writer_session(std::unique_ptr<log_connection> connection);

  /// Takes the log for `owner`, raising its epoch. The name is for people and
  /// must be another one for each process: by it a session knows its own log
  /// again.
  /// Waits up to `wait` for another owner to give it up.
  /// Errors: not_owner (still taken; the message names the owner),
  /// unavailable.
  [[nodiscard]] expected<ownership> acquire(std::string owner,
                                            std::chrono::milliseconds wait);

  /// Makes event types known and returns their numbers, in order.
  /// Errors: incompatible_schema (a type changed shape under an old version:
  /// raise its schema version), limit_exceeded (the name), unavailable.
  [[nodiscard]] expected<std::vector<type_id>>
  register_types(std::span<const detail::event_type> types);

  /// Appends a batch: each append whole or not at all, durable on return,
  /// positions head+1.. without gaps in the order of the batch, versions
  /// without gaps. One append's refusal does not hold up the others. Several
  /// appends to one stream may share a batch: a `loaded` one that expects the
  /// version where the `loaded` one before it ends counts on that one, and is
  /// a version_conflict unless that one is stored, whatever the version is.
  /// A conflicting append whose command_id its stream already holds is
  /// accepted again with its first result and `repeated`.
  /// Limits: limits::batch_events_max and batch_bytes_max in all.
  /// Errors for the whole batch: outcome_unknown (resolve), not_owner,
  /// limit_exceeded (cut the batch; nothing stored).
  [[nodiscard]] expected<std::vector<append_outcome>>
  append(std::span<const append_request> batch);

  /// Finds out what became of the batch in doubt: takes the log again on a
  /// new connection, reads back what was stored, and appends what was not.
  /// Errors: unavailable, outcome_unknown (the store does not answer, or the
  /// log is still locked: call again), not_owner (another process has had the
  /// log since), log_truncated (the log ends before what was acknowledged).
  [[nodiscard]] expected<std::vector<append_outcome>>
  resolve(std::span<const append_request> batch,
          std::chrono::milliseconds wait);

  /// Why this session is of no more use, once it is: not_owner or
  /// log_truncated. Appends stored before are accepted all the same, in the
  /// outcomes of their batch.
  [[nodiscard]] const std::optional<error>& ended() const { return ended_; }

  /// The last position known to be stored.
  [[nodiscard]] position head() const { return head_; }

  /// Gives out numbers for new streams, from the highest stored one on, once
  /// the log is taken. Outlives the session. Thread: any.
  [[nodiscard]] std::shared_ptr<stream_numbers> numbers() const {
    return numbers_;
  }

  [[nodiscard]] epoch taken() const { return epoch_; }

private:
  using batch_view = std::span<const append_request>;

  expected<std::vector<append_outcome>> run(batch_view batch);
  bool answered_all();
  std::vector<std::size_t> next_step() const;
  [[nodiscard]] log_end next_end() const;
  expected<append_plan> make_plan(batch_view batch,
                                  std::span<const std::size_t> chosen);
  expected<void> answer_conflicts(batch_view batch, const known_streams& known,
                                  const append_plan& plan);
  expected<void> settle(batch_view batch, const write_result& result);
  expected<std::vector<append_outcome>> result();
  expected<void> read_back(position head);
  void take_back(position head);
  void accept(const append_plan& plan);
  void answer(std::size_t index, append_outcome outcome);
  void fail(std::size_t index, append_outcome outcome);
  void end(errc code, std::string message);
  unexpected<error> doubt(const error& why);

  std::unique_ptr<log_connection> connection_;
  std::string owner_;
  epoch epoch_;
  position head_;
  std::shared_ptr<stream_numbers> numbers_ = std::make_shared<stream_numbers>();
  stored_streams stored_;
  std::optional<error> ended_;

  // -- the batch under way ---------------------------------------------------

  std::vector<std::optional<append_outcome>> outcomes_;
  std::vector<std::size_t> waiting_;
  append_plan plan_;
  /// Made when versions are first checked: on their word alone, all appends of
  /// a batch are stored or none.
  append_chain chain_;
  std::vector<bool> failed_;
  /// Versions must be read: a sender's word was wrong, or was not given.
  bool check_ = false;
  /// One append at a time: the store refused something in a bigger write.
  bool isolate_ = false;
  bool in_doubt_ = false;
};

} // namespace cafes::store
