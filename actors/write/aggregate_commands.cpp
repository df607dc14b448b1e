// SPDX-License-Identifier: MIT
#include "actors/fault_injection.hpp"
#include "actors/write/aggregate_actor.hpp"
#include "store/append_limits.hpp"

#include <caf/event_based_actor.hpp>

#include <utility>

namespace cafes::actors {

/// Without the queue where nothing is in the way.
void aggregate::take(envelope_ptr envelope) {
  if (waiting_.empty() && can_decide()) {
    ++received_;
    if (envelope->claim())
      take_up(std::move(envelope));
    return;
  }
  enqueue(std::move(envelope));
  advance();
}

void aggregate::enqueue(envelope_ptr envelope) {
  ++received_;
  if (waiting_.size() >= around_->queue_max)
    return envelope->fail({errc::overloaded, to_string(stream_) + " has "
                                               + std::to_string(waiting_.size())
                                               + " commands waiting"});
  waiting_.push_back(std::move(envelope));
}

void aggregate::advance() {
  // A verdict under way still comes, also from a writer that lost the log.
  if (lost_ && in_flight_.empty())
    return must_leave_ ? give_up(error{*lost_}) : fail_all(*lost_);
  while (can_decide() && !waiting_.empty()) {
    auto asked = std::move(waiting_.front());
    waiting_.pop_front();
    if (asked->claim())
      take_up(std::move(asked));
  }
}

bool aggregate::can_decide() const {
  return !is_recovering_ && !must_reload_ && !looking_up_ && !lost_
         && in_flight_.size() < around_->in_flight_max;
}

void aggregate::take_up(envelope_ptr asked) {
  const auto& id = asked->given().from.command_id;
  if (asked->is_late()) {
    asked->fail({errc::deadline_exceeded,
                 to_string(stream_) + " could not decide in time"});
  } else if (const auto* first = window_.find(id)) {
    decided repeat;
    repeat.envelope = std::move(asked);
    repeat.repeated = *first;
    answer_in_turn(std::move(repeat));
  } else if (must_look_up(*asked)) {
    look_up(std::move(asked));
  } else {
    decide(std::move(asked));
  }
}

bool aggregate::must_look_up(const command_envelope& asked) const {
  return asked.given().retry && !asked.given().from.command_id.is_nil()
         && !window_.covers_whole_stream();
}

/// It waits meanwhile, so that its time can be over.
void aggregate::look_up(envelope_ptr asked) {
  if (!asked->came_back())
    return;
  looking_up_ = std::move(asked);
  self_->send(reader(),
              look_up_order{stream_, looking_up_->given().from.command_id,
                            caf::actor_cast<caf::actor>(self_), ++attempt_});
}

void aggregate::hear_found(const looked_up& heard) {
  if (!looking_up_ || heard.attempt != attempt_)
    return;
  auto asked = std::exchange(looking_up_, {});
  if (must_reload_) {
    waiting_.push_front(std::move(asked));
  } else if (!asked->claim()) {
    asked = nullptr;
  } else if (!*heard.found) {
    asked->fail(heard.found->error());
  } else if (const auto& first = **heard.found) {
    asked->answer({detail::erased_outcome::accepted{
      first->last_version, first->last_position, true, {}}});
  } else {
    decide(std::move(asked));
  }
  advance();
}

void aggregate::decide(envelope_ptr asked) {
  const auto& given = asked->given();
  fault_point("before_encode");
  auto made
    = guarded([&] { return state_->decide(given.asked, given.circumstances); });
  fault_point("after_encode");
  decided answered;
  if (!made) {
    answered.ready = {error{made.error().code,
                            to_string(stream_) + ": " + made.error().message}};
  } else if (made->refused) {
    answered.ready = {*std::move(made->refused)};
  } else if (made->events.empty()) {
    window_.remember(
      {given.from.command_id, version_, position{}, given.asked.hash});
    answered.ready = {detail::erased_outcome::accepted{
      version_, position{}, false, std::move(made->typed)}};
  } else {
    return append(std::move(asked), *std::move(made));
  }
  answered.envelope = std::move(asked);
  answer_in_turn(std::move(answered));
}

/// The state evolves first: what it cannot fold must not reach the log, where
/// it would end every later recovery. From here on it runs ahead of the log,
/// and anything but an acceptance drops it.
void aggregate::append(envelope_ptr asked, detail::any_decision made) {
  auto order = make_order(*asked, made);
  decided sent;
  if (const auto fits = store::check_extent(order->request); !fits) {
    sent.envelope = std::move(asked);
    sent.ready = {fits.error()};
    return answer_in_turn(std::move(sent));
  }
  const auto folded = guarded([&]() -> expected<void> {
    state_->evolve(made);
    return {};
  });
  if (!folded) {
    must_reload_ = true;
    sent.envelope = std::move(asked);
    sent.ready = {folded.error()};
    answer_in_turn(std::move(sent));
    return reload_if_quiet();
  }
  const auto& given = asked->given();
  version_ = version_.plus(static_cast<std::int64_t>(made.events.size()));
  sent.number = window_.remember(
    {given.from.command_id, version_, position{}, given.asked.hash});
  sent.ticket = order->ticket;
  sent.envelope = std::move(asked);
  sent.made = std::move(made);
  sent.made.events.clear();
  in_flight_.push_back(std::move(sent));
  fault_point("before_send");
  in_flight_.back().envelope->sent_to_log();
  self_->send(around_->log_writer, std::move(order));
  fault_point("after_send");
  if (is_planted(planted_bug::acknowledge_before_commit))
    in_flight_.back().envelope->answer(
      {detail::erased_outcome::accepted{version_, position{}, false, {}}});
  take_snapshot_if_due();
}

append_order_ptr aggregate::make_order(const command_envelope& asked,
                                       detail::any_decision& made) {
  if (id_ == store::stream_id{})
    id_ = around_->numbers->next();
  auto order = std::make_shared<append_order>();
  order->request.stream = stream_;
  order->request.expected = store::expected_version::exactly(version_);
  order->request.loaded = true;
  order->request.checked = true;
  order->request.id = id_;
  order->request.from = asked.given().from;
  order->request.events.reserve(made.events.size());
  for (auto& event : made.events)
    order->request.events.push_back(
      {around_->event_ids[event.type], std::move(event.data), {}});
  order->sender = caf::actor_cast<caf::actor>(self_);
  order->ticket = ++tickets_;
  return order;
}

/// An answer that needs nothing of the log still waits for those before it: it
/// was made on a state that is not durable yet.
void aggregate::answer_in_turn(decided made) {
  if (in_flight_.empty() || is_planted(planted_bug::ungated_refusal))
    return answer(made);
  made.envelope->gated();
  in_flight_.push_back(std::move(made));
}

} // namespace cafes::actors
