// SPDX-License-Identifier: MIT
#include "actors/write/aggregate_actor.hpp"

#include <caf/event_based_actor.hpp>

#include <utility>

namespace cafes::actors {

caf::behavior
aggregate_actor(aggregate::actor_type* self,
                std::shared_ptr<const aggregate_surroundings> around,
                stream_name stream) {
  self->state.start(std::move(around), std::move(stream));
  return self->state.recovering();
}

aggregate::~aggregate() {
  if (around_)
    around_->counted->aggregate_bytes -= accounted_;
}

void aggregate::start(std::shared_ptr<const aggregate_surroundings> around,
                      stream_name stream) {
  around_ = std::move(around);
  stream_ = std::move(stream);
  account();
  recover();
}

caf::behavior aggregate::recovering() {
  return {
    [this](envelope_ptr& envelope) { enqueue(std::move(envelope)); },
    [this](const recovery_page& page) { fold(page); },
    // Verdicts on what was given up before the recovery.
    [](const append_verdict&) {},
    [](const looked_up&) {},
    [this](leave_question) { answer_leave(); },
    [this](const log_lost& lost) { give_up(lost.why); },
  };
}

caf::behavior aggregate::running() {
  return {
    [this](envelope_ptr& envelope) { take(std::move(envelope)); },
    [this](const append_verdict& verdict) {
      conclude(verdict);
      advance();
    },
    [this](const looked_up& heard) { hear_found(heard); },
    [this](leave_question) { answer_leave(); },
    // Pages of a recovery that was begun anew.
    [](const recovery_page&) {},
    [this](const log_lost& lost) {
      lost_ = std::make_unique<error>(lost.why);
      must_leave_ = true;
      advance();
    },
  };
}

} // namespace cafes::actors
