// SPDX-License-Identifier: MIT
#include "actors/write/aggregate_actor.hpp"

#include <cafes/limits.hpp>

#include <caf/event_based_actor.hpp>
#include <caf/send.hpp>

#include <functional>
#include <utility>

namespace cafes::actors {

namespace {

/// A conflict means that somebody else wrote; more than this many in a row
/// means that we are not the owner we believe to be.
constexpr int decisions_again_max = 5;

constexpr std::chrono::seconds read_timeout{30};

} // namespace

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
  };
}

// -- recovery
// -------------------------------------------------------------------

void aggregate::recover() {
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
    if (auto folded = state_->evolve(stored); !folded)
      return give_up(folded.error());
    version_ = stored.at_version;
    window_.replay(stored);
  }
  if (slice.events.size() == limits::page_events_max)
    return read_on();
  self_->become(running());
  advance();
}

/// Nothing can be decided without the state: all that waits is told, and the
/// next command starts a new actor.
void aggregate::give_up(const error& why) {
  for (auto& envelope : std::exchange(waiting_, {}))
    envelope->fail(why);
  self_->quit();
}

// -- commands
// -------------------------------------------------------------------

void aggregate::enqueue(envelope_ptr envelope) {
  if (waiting_.size() >= around_->queue_max)
    return envelope->fail({errc::overloaded, to_string(stream_) + " has "
                                               + std::to_string(waiting_.size())
                                               + " commands waiting"});
  waiting_.push_back(std::move(envelope));
}

void aggregate::advance() {
  while (!in_flight_ && !looking_up_ && state_ && !waiting_.empty()) {
    auto asked = std::move(waiting_.front());
    waiting_.pop_front();
    if (asked->is_late())
      asked->fail({errc::deadline_exceeded,
                   to_string(stream_) + " could not decide in time"});
    else if (answer_repeated(*asked))
      continue;
    else if (must_look_up(*asked))
      look_up(std::move(asked));
    else
      decide(std::move(asked));
  }
}

bool aggregate::answer_repeated(command_envelope& asked) const {
  const auto& id = asked.given().from.command_id;
  if (id.is_nil())
    return false;
  const auto first = window_.find(id);
  if (first)
    asked.answer({detail::erased_outcome::accepted{
      first->at_version, first->at_position, true, {}, {}}});
  return first.has_value();
}

bool aggregate::must_look_up(const command_envelope& asked) const {
  return asked.given().retry && !asked.given().from.command_id.is_nil()
         && !window_.covers_whole_stream();
}

void aggregate::look_up(envelope_ptr asked) {
  looking_up_ = true;
  self_
    ->request(reader(), read_timeout,
              find_command{stream_, asked->given().from.command_id})
    .then(
      [this, asked](const command_found& found) {
        looking_up_ = false;
        if (!*found)
          asked->fail(found->error());
        else if (**found)
          asked->answer({detail::erased_outcome::accepted{
            (**found)->last_version, (**found)->last_position, true, {}, {}}});
        else
          decide(asked);
        advance();
      },
      [this, asked](const caf::error&) {
        looking_up_ = false;
        asked->fail({errc::unavailable,
                     to_string(stream_) + " could not be searched in time"});
        advance();
      });
}

void aggregate::decide(envelope_ptr asked) {
  const auto& given = asked->given();
  auto made = state_->decide(given.asked, given.circumstances);
  if (!made)
    return asked->fail(
      {made.error().code, to_string(stream_) + ": " + made.error().message});
  if (made->refused)
    return asked->answer({*std::move(made->refused)});
  if (made->events.empty()) {
    window_.remember(given.from.command_id, {version_, position{}});
    return asked->answer({detail::erased_outcome::accepted{
      version_, position{}, false, std::move(made->typed), {}}});
  }
  append(std::move(asked), *std::move(made));
}

void aggregate::append(envelope_ptr asked, detail::any_decision made) {
  auto order = std::make_shared<append_order>();
  order->request.stream = stream_;
  order->request.expected = store::expected_version::exactly(version_);
  order->request.loaded = true;
  order->request.id = id_;
  order->request.from = asked->given().from;
  for (const auto& event : made.events)
    order->request.events.push_back(
      {around_->event_ids[event.type], event.data, {}});
  order->sender = caf::actor_cast<caf::actor>(self_);
  order->ticket = ++tickets_;
  asked->sent_to_log();
  in_flight_ = undecided{std::move(asked), std::move(made), tickets_,
                         std::chrono::steady_clock::now()};
  self_->send(around_->log_writer, std::move(order));
  watch_verdict();
}

void aggregate::conclude(const append_verdict& verdict) {
  if (!in_flight_ || in_flight_->ticket != verdict.ticket)
    return;
  if (verdict.outcome)
    return accept(*verdict.outcome);
  const auto& why = verdict.outcome.error();
  if (why.code == errc::version_conflict)
    return decide_again(why);
  auto asked = std::exchange(in_flight_, {})->envelope;
  asked->fail(why);
  // The events may be stored or not: only the log knows our state now.
  if (why.code == errc::outcome_unknown)
    recover();
}

void aggregate::accept(const store::appended& stored) {
  auto done = *std::exchange(in_flight_, {});
  if (stored.repeated) {
    // Somebody else stored this command: our state is behind the log.
    done.envelope->answer({detail::erased_outcome::accepted{
      stored.last_version, stored.last_position, true, {}, {}}});
    return recover();
  }
  id_ = stored.id;
  version_ = stored.last_version;
  state_->evolve(done.made);
  window_.remember(done.envelope->given().from.command_id,
                   {stored.last_version, stored.last_position});
  done.envelope->answer({detail::erased_outcome::accepted{
    stored.last_version, stored.last_position, false,
    std::move(done.made.typed), std::move(done.made.events)}});
}

void aggregate::decide_again(const error& conflict) {
  ++around_->counted->conflicts;
  auto asked = std::exchange(in_flight_, {})->envelope;
  asked->came_back();
  if (++asked->decided_again > decisions_again_max)
    asked->fail(conflict);
  else
    waiting_.push_front(std::move(asked));
  recover();
}

/// One timer at a time, however many commands pass: CAF keeps an actor alive
/// until its timers have fired.
void aggregate::watch_verdict() {
  if (std::exchange(watching_, true))
    return;
  self_->delayed_send(self_, around_->verdict_max, verdict_overdue{});
}

void aggregate::check_overdue() {
  if (!in_flight_)
    return;
  const auto waited = std::chrono::steady_clock::now() - in_flight_->since;
  if (waited < around_->verdict_max)
    return watch_verdict();
  conclude({in_flight_->ticket,
            failure(errc::outcome_unknown,
                    to_string(stream_) + " heard nothing from the log")});
}

caf::actor aggregate::reader() const {
  const auto index = std::hash<stream_name>{}(stream_)
                     % around_->log_readers.size();
  return around_->log_readers[index];
}

} // namespace cafes::actors
