// SPDX-License-Identifier: MIT
#include "actors/write/aggregate_actor.hpp"

#include <caf/event_based_actor.hpp>

#include <utility>

namespace cafes::actors {

namespace {

/// A conflict means that somebody else wrote; more than this many in a row
/// means that we are not the owner we believe to be.
constexpr int decisions_again_max = 5;

} // namespace

void aggregate::enqueue(envelope_ptr envelope) {
  if (waiting_.size() >= around_->queue_max)
    return envelope->fail({errc::overloaded, to_string(stream_) + " has "
                                               + std::to_string(waiting_.size())
                                               + " commands waiting"});
  waiting_.push_back(std::move(envelope));
}

void aggregate::advance() {
  // A verdict under way still comes, also from a writer that lost the log.
  if (lost_ && !in_flight_)
    return give_up(*lost_);
  while (!in_flight_ && !looking_up_ && !recovering_ && !waiting_.empty()) {
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
  looking_up_ = std::move(asked);
  self_
    ->request(reader(), read_timeout,
              find_command{stream_, looking_up_->given().from.command_id})
    .then(
      [this](const command_found& found) {
        auto waited = std::exchange(looking_up_, {});
        if (!*found)
          waited->fail(found->error());
        else if (**found)
          waited->answer({detail::erased_outcome::accepted{
            (**found)->last_version, (**found)->last_position, true, {}, {}}});
        else
          decide(std::move(waited));
        advance();
      },
      [this](const caf::error&) {
        std::exchange(looking_up_, {})
          ->fail({errc::unavailable,
                  to_string(stream_) + " could not be searched in time"});
        advance();
      });
}

void aggregate::decide(envelope_ptr asked) {
  const auto& given = asked->given();
  auto made
    = guarded([&] { return state_->decide(given.asked, given.circumstances); });
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

/// The state evolves first: what it cannot fold must not reach the log, where
/// it would end every later recovery. From here on it runs ahead of the log by
/// the decision in flight, and anything but an acceptance drops it.
void aggregate::append(envelope_ptr asked, detail::any_decision made) {
  const auto folded = guarded([&]() -> expected<void> {
    state_->evolve(made);
    return {};
  });
  if (!folded) {
    asked->fail(folded.error());
    return recover();
  }
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
  std::exchange(in_flight_, {})->envelope->fail(why);
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

} // namespace cafes::actors
