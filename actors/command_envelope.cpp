// SPDX-License-Identifier: MIT
#include "actors/command_envelope.hpp"

#include "actors/fault_injection.hpp"
#include "actors/journal.hpp"

#include <cafes/detail/assert.hpp>

#include <exception>
#include <utility>
#include <variant>

namespace cafes::actors {

command_envelope::command_envelope(order given, std::shared_ptr<admission> gate,
                                   std::shared_ptr<counters> counted)
  : given_{std::move(given)},
    gate_{std::move(gate)},
    counters_{std::move(counted)} {}

command_envelope::~command_envelope() {
  const auto at = stage_.load();
  if (at == stage::expired)
    gate_->leave(given_.asked.bytes);
  if (at == stage::answered || at == stage::expired)
    return;
  const auto name = to_string(given_.stream);
  if (at == stage::at_log)
    fail({errc::outcome_unknown,
          name + " stopped while its events were being written"});
  else
    fail({errc::unavailable, name + " stopped before it decided"});
}

bool command_envelope::claim() {
  return move(stage::waiting, stage::deciding);
}

void command_envelope::sent_to_log() {
  sent_at_ = clock::now().time_since_epoch().count();
  stage_ = stage::at_log; // nobody else moves on from `deciding`
}

void command_envelope::gated() {
  stage_ = stage::gated;
}

bool command_envelope::came_back() {
  return move(stage::at_log, stage::waiting)
         || move(stage::gated, stage::waiting)
         || move(stage::deciding, stage::waiting);
}

/// The place is free before the caller hears: it may send the next at once.
void command_envelope::answer(detail::erased_outcome ended) {
  auto from = stage_.load();
  do {
    if (from == stage::expired
        || (from == stage::answered
            && is_planted(planted_bug::acknowledge_before_commit)))
      return;
    CAFES_ASSERT(from != stage::answered);
  } while (!stage_.compare_exchange_weak(from, stage::answered));
  gate_->leave(given_.asked.bytes);
  fault_point("before_acknowledge");
  tell(std::move(ended));
  fault_point("after_acknowledge");
}

void command_envelope::fail(error why) {
  answer(detail::erased_outcome{std::move(why)});
}

/// The place stays taken until the envelope is dropped: what its owner still
/// holds must stay within the bound.
void command_envelope::expire(clock::time_point now,
                              std::chrono::milliseconds verdict_max) {
  const auto at = stage_.load();
  if (at == stage::waiting || at == stage::gated) {
    if (now > given_.deadline && move(at, stage::expired))
      tell({error{errc::deadline_exceeded,
                  to_string(given_.stream) + " could not decide in time"}});
  } else if (at == stage::at_log) {
    const clock::time_point sent{clock::duration{sent_at_.load()}};
    if (now > sent + verdict_max && move(at, stage::expired))
      tell({error{errc::outcome_unknown,
                  to_string(given_.stream) + " heard nothing from the log"}});
  }
}

void command_envelope::tell(detail::erased_outcome ended) {
  if (std::holds_alternative<error>(ended.ended))
    ++counters_->failed;
  else if (std::holds_alternative<detail::any_decision::refusal>(ended.ended))
    ++counters_->rejected;
  else
    ++counters_->accepted;
  try {
    given_.then(std::move(ended));
  } catch (const std::exception& thrown) {
    journal().error("{} the continuation of a command threw: {}",
                    to_string(given_.stream), thrown.what());
  } catch (...) { // whatever it was, it must not leave our destructor
    journal().error("{} the continuation of a command threw",
                    to_string(given_.stream));
  }
}

} // namespace cafes::actors
