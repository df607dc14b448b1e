// SPDX-License-Identifier: MIT
#include "actors/react/reactor_actor.hpp"

#include "actors/journal.hpp"
#include "actors/read/page_attempt.hpp"
#include "actors/read/parked_message.hpp"

#include <cafes/limits.hpp>

#include <caf/event_based_actor.hpp>
#include <caf/sec.hpp>

#include <algorithm>
#include <utility>

namespace cafes::actors {

namespace {

constexpr std::chrono::seconds pull_timeout{30};

reaction_window::rules rules_of(const reactor_options& options) {
  reaction_window::rules rules;
  rules.attempts_max = options.attempts_max;
  rules.parked_max = std::min(options.parked_max, limits::page_parked_max);
  rules.strict = options.strict;
  rules.pauses = {options.pause_min, options.pause_max};
  return rules;
}

} // namespace

caf::behavior
reactor_actor(reactor_worker::actor_type* self,
              std::shared_ptr<const reactor_surroundings> around) {
  return self->state.start(std::move(around));
}

caf::behavior
reactor_worker::start(std::shared_ptr<const reactor_surroundings> around) {
  around_ = std::move(around);
  keys_.emplace(around_->type.options.handler_time_max);
  self_->join(around_->hints);
  self_->send(self_, poll{});
  self_->set_exit_handler([this](const caf::exit_msg& exit) {
    for (const auto& runner : runners_)
      if (runner.address() == exit.source)
        return lose_runner();
    end(exit.reason);
  });
  return {
    [this](head_hint hint) {
      if (!window_ || hint.head <= window_->end())
        return;
      more_ = true;
      go_on();
    },
    [this](const reacted& ended) { take_back(ended); },
    [this](keep_cursor) {
      storing_ = false;
      store();
      go_on();
    },
    [this](wake_up) {
      wake_.reset();
      go_on();
    },
    // The net below the hints, which may be lost.
    [this](poll) {
      if (ending_)
        return;
      if (window_)
        obey();
      else
        claim();
      self_->delayed_send(self_, around_->poll_interval, poll{});
    },
  };
}

// -- claiming -----------------------------------------------------------------

void reactor_worker::claim() {
  if (!around_->is_to_react)
    return watch();
  if (!cursor_)
    cursor_ = std::make_unique<reactor_cursor>(around_->type, around_->end,
                                               around_->store);
  auto claimed = cursor_->claim();
  if (!claimed)
    return fail(claimed.error());
  if (!*claimed)
    return watch();
  auto parked = cursor_->parked();
  if (!parked)
    return fail(parked.error());
  elsewhere_.reset();
  window_.emplace(rules_of(around_->type.options), **claimed,
                  *std::move(parked));
  around_->progress->found(projection_phase::running, **claimed);
  // Before anything that may be what has failed so often.
  if (const auto hopeless = around_->progress->gave_up())
    pause(*hopeless);
  if (!ending_)
    obey();
}

void reactor_worker::watch() {
  if (!elsewhere_) {
    auto opened = around_->store->open_view_operator();
    if (!opened)
      return fail(opened.error());
    elsewhere_ = *std::move(opened);
  }
  const auto view = view_of(around_->type);
  auto state = elsewhere_->state({view.name, view.version, view.shape});
  // It was never started yet, or is just being started.
  if (!state && state.error().code == errc::invalid_argument)
    state = store::view_state{};
  if (!state)
    return fail(state.error());
  around_->progress->show(state->paused,
                          static_cast<std::size_t>(state->parked));
  around_->progress->found(projection_phase::elsewhere, state->checkpoint);
}

// -- reacting -----------------------------------------------------------------

void reactor_worker::go_on() {
  if (ending_ || !window_ || paused_ || !open())
    return;
  start_reactions();
  pull_events();
}

/// What it needs to react, not before it has to.
bool reactor_worker::open() {
  if (handlers_)
    return true;
  auto opened = keys_->open(around_->type);
  if (!opened) {
    fail(opened.error());
    return false;
  }
  handlers_ = *std::move(opened);
  return true;
}

void reactor_worker::start_reactions() {
  const auto now = self_->clock().now();
  while (window_->under_way() < around_->type.options.concurrency) {
    auto order = window_->next(now);
    if (!order)
      break;
    if (idle_.empty()) {
      idle_.push_back(runners_.size());
      runners_.push_back(around_->start_runner(self_));
    }
    self_->send(runners_[idle_.back()],
                react_order{handlers_, std::move(order->event), order->attempt,
                            idle_.back(), caf::actor{self_}});
    idle_.pop_back();
  }
  if (const auto due = window_->next_due())
    wake_at(*due);
}

void reactor_worker::wake_at(reaction_window::time_point due) {
  if (wake_ && *wake_ <= due)
    return;
  wake_ = due;
  const auto pause = std::max(due - self_->clock().now(),
                              reaction_window::time_point::duration::zero());
  self_->delayed_send(self_, pause, wake_up{});
}

void reactor_worker::pull_events() {
  const auto room = std::min(window_->room(), around_->page_events_max);
  if (room == 0 || std::exchange(pulling_, true))
    return;
  more_ = false;
  self_->request(around_->feed, pull_timeout, pull{window_->end(), room})
    .then([this](const page_read& read) { take(read); },
          [this](const caf::error& why) {
            if (why == caf::sec::request_timeout)
              fail({errc::unavailable, "the feed did not answer within 30 s"});
            else // it has ended before us: the runtime stops
              end(why);
          });
}

void reactor_worker::take(const page_read& read) {
  pulling_ = false;
  if (ending_ || paused_) // then it is pulled again
    return;
  if (!*read)
    return fail(read->error());
  const auto& page = **read;
  if (page.events.empty()) {
    if (more_)
      go_on();
    return;
  }
  if (page.events.front()->at != window_->end().next())
    return fail(
      {errc::corrupt, "the log goes from position "
                        + std::to_string(window_->end().value()) + " to "
                        + std::to_string(page.events.front()->at.value())});
  const auto of = keys_->read(handlers_, {read, page.events},
                              page_attempt::threads_left_max);
  auto why = lost_too_many();
  for (std::size_t place = 0; place < of.size(); ++place)
    if (auto stop = window_->add(*page.events[place], of[place])) {
      why = std::move(stop);
      break;
    }
  if (why)
    pause(*why);
  show_waiting();
  store_soon();
  go_on();
}

void reactor_worker::take_back(const reacted& ended) {
  idle_.push_back(ended.runner);
  lost_ += ended.is_late ? 1U : 0U;
  reaction_window::reason why;
  if (ended.failed) {
    around_->progress->note("position " + std::to_string(ended.at.value())
                            + ": " + parked_message(ended.failed->message));
    why = window_->failed(ended.at, *ended.failed, self_->clock().now(),
                          static_cast<std::uint32_t>(chance_()));
  } else {
    window_->done(ended.at);
  }
  if (!why)
    why = lost_too_many();
  if (why && !paused_ && !has_failed_)
    pause(*why);
  if (ending_) {
    if (window_->under_way() == 0)
      leave();
    return;
  }
  store_soon();
  go_on();
}

/// Behind all that has ended until then: they are stored together.
void reactor_worker::store_soon() {
  if (!ending_ && !std::exchange(storing_, true))
    self_->send(self_, keep_cursor{});
}

void reactor_worker::store() {
  if (!window_ || has_failed_)
    return;
  const auto moved = window_->to_store();
  if (!moved)
    return;
  if (auto stored = cursor_->store(*moved); !stored)
    return fail(stored.error());
  window_->stored(*moved);
  for (const auto& event : moved->parked) {
    if (event.reason == parking_reason::behind)
      continue;
    const auto fault = "parked position " + std::to_string(event.at.value())
                       + " (" + event.key + "): " + event.message;
    around_->progress->note(fault);
    journal().warn("{} {}", around_->type.name, fault);
  }
  // First what is parked: who waits for the position looks at it next.
  show();
  if (const auto count = moved->to.value() - moved->from.value(); count > 0)
    around_->progress->applied(moved->to, static_cast<std::uint64_t>(count));
  show_waiting();
}

// -- ending -------------------------------------------------------------------

void reactor_worker::fail(const error& why) {
  if (std::exchange(has_failed_, true))
    return;
  journal().error("{}@{} {}", around_->type.name,
                  window_ ? window_->cursor().value() : 0, describe(why));
  around_->progress->failed(why);
  end(caf::make_error(caf::sec::runtime_error, why.message));
}

/// No reaction begins any more. Those under way end first, so that none of the
/// next worker's runs beside them.
void reactor_worker::end(caf::error why) {
  if (ending_)
    return;
  ending_ = std::move(why);
  if (!window_ || window_->under_way() == 0)
    leave();
}

/// It would be waited for without end.
void reactor_worker::lose_runner() {
  fail({errc::unavailable, "a thread for reactions has ended"});
  if (window_->under_way() > 0)
    leave();
}

void reactor_worker::leave() {
  if (std::exchange(has_left_, true))
    return;
  store();
  // Gives up the claim, and what it reacts with, before the supervisor starts
  // the next worker.
  cursor_.reset();
  handlers_.reset();
  self_->quit(*ending_);
}

} // namespace cafes::actors
