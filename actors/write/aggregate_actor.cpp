// SPDX-License-Identifier: MIT
#include "actors/write/aggregate_actor.hpp"

#include <caf/event_based_actor.hpp>

#include <utility>

namespace cafes::actors {

caf::behavior
aggregate_actor(aggregate::actor_type* self,
                std::shared_ptr<const aggregate_surroundings> around,
                stream_name stream, caf::actor router) {
  self->state.start(std::move(around), std::move(stream), std::move(router));
  return self->state.recovering();
}

aggregate::~aggregate() {
  if (!around_)
    return;
  around_->counted->aggregate_bytes -= accounted_;
  self_->send(router_, aggregate_ended{std::move(stream_), self_->id()});
}

void aggregate::start(std::shared_ptr<const aggregate_surroundings> around,
                      stream_name stream, caf::actor router) {
  around_ = std::move(around);
  stream_ = std::move(stream);
  router_ = std::move(router);
  // Pages, verdicts and findings that were asked for before a recovery began
  // anew. A handler for each would take as much memory as all that is kept.
  self_->set_default_handler(caf::drop);
  account();
  recover();
}

caf::behavior aggregate::recovering() {
  return {
    [this](envelope_ptr& envelope) { enqueue(std::move(envelope)); },
    [this](const recovery_page& page) { fold(page); },
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
    [this](const log_lost& lost) {
      lost_ = std::make_unique<error>(lost.why);
      must_leave_ = true;
      advance();
    },
  };
}

} // namespace cafes::actors
