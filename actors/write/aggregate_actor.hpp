// SPDX-License-Identifier: MIT
#pragma once

#include "actors/counters.hpp"
#include "actors/messages.hpp"
#include "actors/write/command_window.hpp"
#include "store/stream_numbers.hpp"

#include <cafes/detail/aggregate_type.hpp>

#include <caf/actor.hpp>
#include <caf/behavior.hpp>
#include <caf/stateful_actor.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <forward_list>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cafes::actors {

/// What all aggregates of one type share. Lives as long as the runtime.
struct aggregate_surroundings {
  detail::aggregate_type type;
  /// Numbers of type.events, in order.
  std::vector<store::type_id> event_ids;
  /// Of the type's snapshots; empty where there are none.
  std::string fingerprint;
  std::shared_ptr<store::stream_numbers> numbers;
  caf::actor log_writer;
  std::vector<caf::actor> log_readers;
  caf::actor snapshot_writer;
  std::shared_ptr<counters> counted;
  std::size_t queue_max = 0;
  std::size_t in_flight_max = 1;
  std::size_t snapshots_in_flight_max = 0;
};

/// One aggregate instance: serialises its commands, decides ahead of the log,
/// and answers when what it has decided on is durable.
///
/// Life: recovering → running, and back whenever something that it decided was
/// not stored as decided. While an outcome is unknown it is frozen. It leaves
/// when the router says so, its log is lost, or its stream cannot be read.
class aggregate {
public:
  using actor_type = caf::stateful_actor<aggregate>;

  explicit aggregate(actor_type* self) : self_{self} {}
  ~aggregate();
  aggregate(const aggregate&) = delete;
  aggregate& operator=(const aggregate&) = delete;

  void start(std::shared_ptr<const aggregate_surroundings> around,
             stream_name stream, caf::actor router);

  // -- phases, in order of life -----------------------------------------------

  /// Folds snapshot and stream, page by page; commands wait. See next: running.
  caf::behavior recovering();

  /// Decides commands and releases their answers. See previous: recovering.
  caf::behavior running();

  const char* name = "aggregate";

private:
  /// A command that has been decided; its answer waits for its turn.
  struct decided {
    envelope_ptr envelope;
    /// Typed events of an acceptance; a refusal.
    detail::any_decision made;
    /// 0: nothing went to the log.
    std::uint64_t ticket = 0;
    std::optional<store::append_outcome> verdict;
    /// Its number in the window.
    std::uint64_t number = 0;
    /// The answer, where it is ready: an error, or nothing to store.
    std::optional<detail::erased_outcome> ready;
    /// The command of the window that it repeats, as it was known then.
    std::optional<remembered_command> repeated;
  };

  /// Encoded ahead of the log; sent when the log has come so far.
  struct unsent_snapshot {
    version at_version;
    std::string state;
  };

  // -- recovery: aggregate_recovery.cpp ---------------------------------------

  void recover();
  void read_on();
  void fold(const recovery_page& page);
  [[nodiscard]] bool use_snapshot(const store::recovered_stream& read);
  [[nodiscard]] bool fold_events(const store::recovered_stream& read);
  void give_up(const error& why);
  void fail_all(const error& why);
  [[nodiscard]] caf::actor reader() const;

  // -- deciding: aggregate_commands.cpp ---------------------------------------

  void take(envelope_ptr envelope);
  void enqueue(envelope_ptr envelope);
  void advance();
  [[nodiscard]] bool can_decide() const;
  void take_up(envelope_ptr asked);
  [[nodiscard]] bool must_look_up(const command_envelope& asked) const;
  void look_up(envelope_ptr asked);
  void hear_found(const looked_up& heard);
  void decide(envelope_ptr asked);
  void append(envelope_ptr asked, detail::any_decision made);
  [[nodiscard]] append_order_ptr make_order(const command_envelope& asked,
                                            detail::any_decision& made);
  void answer_in_turn(decided made);

  // -- answering: aggregate_answers.cpp ---------------------------------------

  void conclude(const append_verdict& verdict);
  void release();
  void answer(decided& done);
  void accept(decided& done);
  void fail(decided& done, const error& why);
  void take_back(decided& one);
  void spoil();
  void reload_if_quiet();
  void hear_about_unknown(const append_verdict& verdict);
  [[nodiscard]] bool is_frozen() const { return !unknown_.empty(); }
  [[nodiscard]] bool is_idle() const;
  void answer_leave();

  // -- snapshots: aggregate_snapshots.cpp -------------------------------------

  void take_snapshot_if_due();
  void send_snapshot_if_durable();
  void account();

  /// The decider is the user's code and may throw: then this command fails,
  /// not all that wait with it.
  template <class Step>
  auto guarded(Step&& step) const -> decltype(step()) {
    try {
      return step();
    } catch (const std::exception& thrown) {
      return failure(errc::corrupt, to_string(stream_) + ": the decider threw: "
                                      + thrown.what());
    } catch (...) {
      return failure(errc::corrupt, to_string(stream_) + ": the decider threw");
    }
  }

  actor_type* self_;
  std::shared_ptr<const aggregate_surroundings> around_;
  stream_name stream_;
  caf::actor router_;

  /// Ahead of the log by the decisions in flight; what leaves is gated.
  std::unique_ptr<detail::aggregate_state> state_;
  version version_;
  /// What the log holds of it.
  version durable_;
  store::stream_id id_;
  command_window window_;

  // Lists, because an idle aggregate must be small and these are then empty.

  std::list<envelope_ptr> waiting_;
  /// In order of decision, which is the order of their answers.
  std::list<decided> in_flight_;
  /// Decided on what has not happened: to be decided again, first of all.
  std::list<envelope_ptr> again_;
  /// Tickets whose senders have been told that the outcome is unknown.
  std::forward_list<std::uint64_t> unknown_;
  envelope_ptr looking_up_;
  std::unique_ptr<error> lost_;
  std::unique_ptr<unsent_snapshot> snapshot_;
  version snapshot_at_;

  bool is_recovering_ = true;
  /// The log is lost, and the router knows it: nothing more comes.
  bool must_leave_ = false;
  /// The state cannot be decided on any more: it is reloaded when all that is
  /// in flight has been answered.
  bool must_reload_ = false;
  /// What is in flight was decided on what has not happened.
  bool is_spoilt_ = false;
  /// The reading was slow: a snapshot is due.
  bool was_slow_ = false;
  std::uint64_t tickets_ = 0;
  std::uint64_t received_ = 0;
  std::uint32_t attempt_ = 0;
  std::uint32_t accounted_ = 0;
};

[[nodiscard]] caf::behavior
aggregate_actor(aggregate::actor_type* self,
                std::shared_ptr<const aggregate_surroundings> around,
                stream_name stream, caf::actor router);

} // namespace cafes::actors
