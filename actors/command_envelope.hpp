// SPDX-License-Identifier: MIT
#pragma once

#include "actors/admission.hpp"
#include "actors/counters.hpp"

#include <cafes/detail/erased_outcome.hpp>

#include <boost/intrusive/list_hook.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>

namespace cafes::actors {

/// A command on its way, with the promise of exactly one answer: whoever drops
/// an unanswered envelope, by dying or by mistake, answers it by that, and the
/// watch answers it when its time is over.
/// Owned by one actor at a time. Thread: one at a time, but for `expire`.
class command_envelope : public std::enable_shared_from_this<command_envelope>,
                         public boost::intrusive::list_base_hook<> {
public:
  using clock = std::chrono::steady_clock;

  struct order {
    stream_name stream;
    detail::any_command asked;
    /// Fixed here, so that deciding again gives the same answer.
    context circumstances;
    provenance from;
    bool retry = false;
    clock::time_point deadline;
    detail::reply then;
  };

  /// The admission must have been entered with order.asked.bytes; the
  /// envelope leaves it.
  command_envelope(order given, std::shared_ptr<admission> gate,
                   std::shared_ptr<counters> counted);
  ~command_envelope();
  command_envelope(const command_envelope&) = delete;
  command_envelope& operator=(const command_envelope&) = delete;

  [[nodiscard]] const order& given() const { return given_; }

  [[nodiscard]] bool is_late() const { return clock::now() > given_.deadline; }

  // -- life: waiting → deciding → (at the log | gated) → answered -------------

  /// Takes the command to decide it. False when it has been answered already:
  /// its time was over.
  [[nodiscard]] bool claim();

  /// From here on an envelope that is dropped may have had an effect.
  void sent_to_log();

  /// The answer waits for earlier decisions.
  void gated();

  /// Nothing of it is stored; it waits to be decided again. False when it has
  /// been answered already.
  [[nodiscard]] bool came_back();

  void answer(detail::erased_outcome ended);
  void fail(error why);

  /// Answers the command if its time is over at `now`: deadline_exceeded when
  /// nothing of it is on its way to the log; outcome_unknown when it has been
  /// there for longer than `verdict_max`. Thread: any, beside the owner's.
  void expire(clock::time_point now, std::chrono::milliseconds verdict_max);

  /// How often it was decided again after a conflict.
  int decided_again = 0;

private:
  enum class stage : std::uint8_t {
    waiting,
    deciding,
    at_log,
    gated,
    answered,
    /// Answered by `expire`; the owner learns it when it comes to it.
    expired,
  };

  [[nodiscard]] bool move(stage from, stage to) {
    return stage_.compare_exchange_strong(from, to);
  }
  void tell(detail::erased_outcome ended);

  order given_;
  std::shared_ptr<admission> gate_;
  std::shared_ptr<counters> counters_;
  std::atomic<stage> stage_{stage::waiting};
  /// Of the way to the log; read by `expire` only at that stage.
  std::atomic<clock::rep> sent_at_{0};
};

using envelope_ptr = std::shared_ptr<command_envelope>;

} // namespace cafes::actors
