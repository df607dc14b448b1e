// SPDX-License-Identifier: MIT
#pragma once

#include "actors/counters.hpp"
#include "actors/messages.hpp"
#include "actors/write/command_window.hpp"

#include <cafes/detail/aggregate_type.hpp>

#include <caf/actor.hpp>
#include <caf/behavior.hpp>
#include <caf/stateful_actor.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <optional>
#include <vector>

namespace cafes::actors {

/// What all aggregates of one type share. Lives as long as the runtime.
struct aggregate_surroundings {
  detail::aggregate_type type;
  /// Numbers of type.events, in order.
  std::vector<store::type_id> event_ids;
  caf::actor log_writer;
  std::vector<caf::actor> log_readers;
  std::shared_ptr<counters> counted;
  std::size_t queue_max = 0;
  /// The log writer answers sooner; this is the net below it.
  std::chrono::milliseconds verdict_max{0};
};

/// One aggregate instance: serialises its commands and has their events
/// stored before it answers.
///
/// Life: recovering → running; it ends when its log is lost, when its stream
/// cannot be read, or with the runtime. (passivating comes with snapshots.)
class aggregate {
public:
  using actor_type = caf::stateful_actor<aggregate>;

  explicit aggregate(actor_type* self) : self_{self} {}

  void start(std::shared_ptr<const aggregate_surroundings> around,
             stream_name stream);

  // -- phases, in order of life
  // ------------------------------------------------

  /// Folds the stream, page by page; commands wait. See next: running.
  caf::behavior recovering();

  /// Decides commands one after the other. See previous: recovering.
  caf::behavior running();

  const char* name = "aggregate";

private:
  struct undecided {
    envelope_ptr envelope;
    detail::any_decision made;
    std::uint64_t ticket = 0;
    std::chrono::steady_clock::time_point since;
  };

  // -- recovery
  // ------------------------------------------------------------------

  void recover();
  void read_on();
  void fold(const stream_read& read);
  void give_up(const error& why);

  // -- commands
  // ------------------------------------------------------------------

  void enqueue(envelope_ptr envelope);
  void advance();
  [[nodiscard]] bool answer_repeated(command_envelope& asked) const;
  [[nodiscard]] bool must_look_up(const command_envelope& asked) const;
  void look_up(envelope_ptr asked);
  void decide(envelope_ptr asked);
  void append(envelope_ptr asked, detail::any_decision made);
  void conclude(const append_verdict& verdict);
  void accept(const store::appended& stored);
  void decide_again(const error& conflict);
  void watch_verdict();
  void check_overdue();

  [[nodiscard]] caf::actor reader() const;

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

  static constexpr std::chrono::seconds read_timeout{30};

  actor_type* self_;
  std::shared_ptr<const aggregate_surroundings> around_;
  stream_name stream_;

  /// Holds the decision in flight already; not to be asked while recovering.
  std::unique_ptr<detail::aggregate_state> state_;
  version version_;
  store::stream_id id_;
  command_window window_;

  std::deque<envelope_ptr> waiting_;
  std::optional<undecided> in_flight_;
  envelope_ptr looking_up_;
  bool recovering_ = true;
  std::optional<error> lost_;
  bool watching_ = false;
  std::uint64_t tickets_ = 0;
};

[[nodiscard]] caf::behavior
aggregate_actor(aggregate::actor_type* self,
                std::shared_ptr<const aggregate_surroundings> around,
                stream_name stream);

} // namespace cafes::actors
