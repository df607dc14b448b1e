// SPDX-License-Identifier: MIT
#include "actors/write/aggregate_actor.hpp"

#include <cafes/limits.hpp>

#include <caf/event_based_actor.hpp>

#include <functional>
#include <utility>

namespace cafes::actors {

caf::behavior
aggregate_actor(aggregate::actor_type* self,
                std::shared_ptr<const aggregate_surroundings> around,
                stream_name stream) {
  self->state.start(std::move(around), std::move(stream));
  return self->state.recovering();
}

void aggregate::start(std::shared_ptr<const aggregate_surroundings> around,
                      stream_name stream) {
  around_ = std::move(around);
  stream_ = std::move(stream);
  recover();
}

caf::behavior aggregate::recovering() {
  return {
    [this](envelope_ptr& envelope) { enqueue(std::move(envelope)); },
    // Verdicts on what was given up before the recovery.
    [](const append_verdict&) {},
    [this](verdict_overdue) { watching_ = false; },
    [this](const log_lost& lost) { give_up(lost.why); },
  };
}

caf::behavior aggregate::running() {
  return {
    [this](envelope_ptr& envelope) {
      enqueue(std::move(envelope));
      advance();
    },
    [this](const append_verdict& verdict) {
      conclude(verdict);
      advance();
    },
    [this](verdict_overdue) {
      watching_ = false;
      check_overdue();
    },
    [this](const log_lost& lost) {
      lost_ = lost.why;
      advance();
    },
  };
}

// -- recovery ----------------------------------------------------------------

void aggregate::recover() {
  recovering_ = true;
  state_ = around_->type.initial();
  version_ = {};
  id_ = {};
  window_ = command_window{};
  in_flight_.reset();
  self_->become(recovering());
  read_on();
}

void aggregate::read_on() {
  self_->request(reader(), read_timeout, read_stream{stream_, version_.next()})
    .then([this](const stream_read& read) { fold(read); },
          [this](const caf::error&) {
            give_up({errc::unavailable,
                     to_string(stream_) + " could not be read in time"});
          });
}

void aggregate::fold(const stream_read& read) {
  if (!*read)
    return give_up(read->error());
  const auto& slice = **read;
  id_ = slice.id;
  for (const auto& stored : slice.events) {
    if (stored.at_version != version_.next())
      return give_up(
        {errc::corrupt, to_string(stream_) + " has version "
                          + std::to_string(stored.at_version.value())
                          + " after " + std::to_string(version_.value())});
    const auto folded = guarded([&] { return state_->evolve(stored); });
    if (!folded)
      return give_up(folded.error());
    version_ = stored.at_version;
    window_.replay(stored);
  }
  if (slice.events.size() == limits::page_events_max)
    return read_on();
  recovering_ = false;
  self_->become(running());
  advance();
}

/// Nothing can be decided without the state: all that waits is told, and the
/// next command starts a new actor.
void aggregate::give_up(const error& why) {
  if (looking_up_)
    std::exchange(looking_up_, {})->fail(why);
  for (auto& envelope : std::exchange(waiting_, {}))
    envelope->fail(why);
  self_->quit();
}

caf::actor aggregate::reader() const {
  const auto index = std::hash<stream_name>{}(stream_)
                     % around_->log_readers.size();
  return around_->log_readers[index];
}

} // namespace cafes::actors
