// SPDX-License-Identifier: MIT
#include "actors/read/projection_actor.hpp"

#include "actors/journal.hpp"

#include <caf/event_based_actor.hpp>
#include <caf/sec.hpp>

#include <utility>

namespace cafes::actors {

namespace {

constexpr std::chrono::seconds pull_timeout{30};

} // namespace

caf::behavior
projection_actor(projection_worker::actor_type* self,
                 std::shared_ptr<const projection_surroundings> around) {
  return self->state.start(std::move(around));
}

caf::behavior projection_worker::start(
  std::shared_ptr<const projection_surroundings> around) {
  around_ = std::move(around);
  self_->join(around_->hints);
  self_->send(self_, poll{});
  return {
    [this](head_hint hint) {
      if (!claimed_ || hint.head <= view_->checkpoint())
        return;
      more_ = true;
      follow();
    },
    // The net below the hints, which may be lost.
    [this](poll) {
      if (claimed_)
        obey();
      else
        claim();
      self_->delayed_send(self_, around_->poll_interval, poll{});
    },
  };
}

void projection_worker::claim() {
  if (!view_)
    view_ = std::make_unique<view_builder>(around_->type, around_->store);
  auto claimed = view_->claim();
  if (!claimed)
    return fail(claimed.error());
  if (!*claimed)
    return watch();
  elsewhere_.reset();
  claimed_ = true;
  around_->progress->found(projection_phase::running, view_->checkpoint());
  // Before anything that may be what has failed so often.
  if (const auto hopeless = around_->progress->gave_up())
    if (auto paused = view_->pause(*hopeless); !paused)
      return fail(paused.error());
  obey();
}

void projection_worker::watch() {
  if (!elsewhere_) {
    auto opened = around_->store->open_view_operator();
    if (!opened)
      return fail(opened.error());
    elsewhere_ = *std::move(opened);
  }
  const auto& type = around_->type;
  auto state = elsewhere_->state({type.name, type.version, type.shape});
  // Whoever holds the claim is still creating the view.
  if (!state && state.error().code == errc::invalid_argument)
    return;
  if (!state)
    return fail(state.error());
  around_->progress->found(projection_phase::elsewhere, state->checkpoint);
  around_->progress->show(state->paused,
                          static_cast<std::size_t>(state->parked));
}

void projection_worker::follow() {
  if (view_->paused() || std::exchange(pulling_, true))
    return;
  more_ = false;
  self_
    ->request(around_->feed, pull_timeout,
              pull{view_->checkpoint(), around_->page_events_max,
                   view_->pages_at_once() * around_->page_events_max})
    .then([this](const page_read& read) { take(read); },
          [this](const caf::error& why) {
            if (why == caf::sec::request_timeout)
              fail({errc::unavailable, "the feed did not answer within 30 s"});
            else // it has ended before us: the runtime stops
              self_->quit(why);
          });
}

void projection_worker::take(const page_read& read) {
  pulling_ = false;
  if (!*read)
    return fail(read->error());
  const auto& page = **read;
  if (page.events.empty()) {
    if (more_)
      follow();
    return;
  }
  around_->progress->waiting_since(page.events.front()->recorded_at);
  const auto before = view_->checkpoint();
  if (auto applied = view_->apply(page); !applied)
    return fail(applied.error());
  // First what is parked: who waits for the position looks at it next.
  show();
  if (const auto count = view_->checkpoint().value() - before.value();
      count > 0)
    around_->progress->applied(view_->checkpoint(),
                               static_cast<std::uint64_t>(count));
  follow();
}

void projection_worker::obey() {
  if (auto obeyed = view_->obey(); !obeyed)
    return fail(obeyed.error());
  show();
  follow();
}

void projection_worker::show() {
  around_->progress->show(view_->paused(), view_->parked());
  if (!view_->last_fault().empty())
    around_->progress->note(view_->last_fault());
}

void projection_worker::fail(const error& why) {
  const auto at = view_ ? view_->checkpoint() : position{};
  journal().error("{}@{} {}", around_->type.name, at.value(), describe(why));
  around_->progress->failed(why);
  // Gives up the claim before the supervisor starts the next worker.
  view_.reset();
  self_->quit(caf::make_error(caf::sec::runtime_error, why.message));
}

} // namespace cafes::actors
