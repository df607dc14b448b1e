// SPDX-License-Identifier: MIT
#include "actors/read/projection_actor.hpp"

#include "actors/journal.hpp"

#include <caf/event_based_actor.hpp>
#include <caf/sec.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace cafes::actors {

namespace {

constexpr std::chrono::seconds pull_timeout{30};

/// Of a build that is to replace the live one, a look apart.
constexpr int target_failures_max = 10;

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
      more_ = true;
      target_rests_ = false;
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
    view_ = std::make_unique<view_builder>(around_->type, around_->store,
                                           around_->memory);
  auto claimed = view_->claim();
  if (!claimed)
    return fail(claimed.error());
  if (!*claimed)
    return watch();
  elsewhere_.reset();
  claimed_ = true;
  // Before anything that may be what has failed so often.
  if (const auto hopeless = around_->progress->gave_up())
    if (auto paused = view_->pause(*hopeless); !paused)
      return fail(paused.error());
  if (auto obeyed = view_->obey(); !obeyed)
    return fail(obeyed.error());
  // Before it is found: who waits for that looks at the rest next.
  show();
  around_->progress->found(projection_phase::running, view_->checkpoint());
  go_on();
}

void projection_worker::watch() {
  if (!elsewhere_) {
    auto opened = around_->store->open_view_operator();
    if (!opened)
      return fail(opened.error());
    elsewhere_ = *std::move(opened);
  }
  auto state = elsewhere_->state(store::view_of(around_->type));
  // Whoever holds the claim is still creating the view.
  if (!state && state.error().code == errc::invalid_argument)
    return;
  if (!state)
    return fail(state.error());
  around_->progress->show(state->paused,
                          static_cast<std::size_t>(state->parked));
  around_->progress->show_builds(state->builds, state->target_checkpoint);
  around_->progress->found(projection_phase::elsewhere, state->checkpoint);
}

void projection_worker::follow() {
  if (!view_ || pulling_for_)
    return;
  const auto* builder = whose_turn();
  if (builder == nullptr)
    return;
  auto limit = around_->page_events_max;
  auto most = builder->pages_at_once() * limit;
  if (builder == view_.get()) {
    more_ = false;
  } else { // not past the live build
    const auto gap = static_cast<std::size_t>(view_->checkpoint().value()
                                              - builder->checkpoint().value());
    limit = std::min(limit, gap);
    most = std::min(most, gap);
  }
  pulling_for_ = builder->number();
  self_
    ->request(around_->feed, pull_timeout,
              pull{builder->checkpoint(), limit, most})
    .then([this](const page_read& read) { take(read); },
          [this](const caf::error& why) {
            if (why == caf::sec::request_timeout)
              fail({errc::unavailable, "the feed did not answer within 30 s"});
            else // it has ended before us: the runtime stops
              self_->quit(why);
          });
}

/// nullptr when there is nothing to do.
view_builder* projection_worker::whose_turn() {
  const bool live = more_ && !view_->paused();
  const bool target = target_ && target_->checkpoint() < view_->checkpoint();
  if (!live && !target)
    return nullptr;
  const bool target_first = target && (target_is_next_ || !live);
  target_is_next_ = !target_first;
  return target_first ? target_.get() : view_.get();
}

void projection_worker::take(const page_read& read) {
  const auto number = *std::exchange(pulling_for_, std::nullopt);
  const bool is_live = number == view_->number();
  const bool is_target = target_ && target_->number() == number;
  if (is_live && !*read)
    return fail(read->error());
  if (is_target && !*read)
    return give_up_target(number, read->error());
  if (is_live && !(*read)->events.empty())
    apply(**read);
  else if (is_target)
    apply_to_target(**read);
  follow();
}

void projection_worker::apply(const log_page& page) {
  around_->progress->waiting_since(page.events.front()->recorded_at);
  const auto before = view_->checkpoint();
  if (auto applied = view_->apply(page); !applied)
    return fail(applied.error());
  more_ = true;
  // First what is parked: who waits for the position looks at it next.
  show();
  if (const auto count = view_->checkpoint().value() - before.value();
      count > 0)
    around_->progress->applied(view_->checkpoint(),
                               static_cast<std::uint64_t>(count));
}

// -- the build that is to replace the live one --------------------------------

/// Asked for, or not any more, or another one.
void projection_worker::look_for_target() {
  const auto& builds = view_->builds();
  if (target_ && (!builds.is_building || builds.target != target_->number()))
    target_.reset();
  if (target_ || !builds.is_building || target_rests_)
    return;
  const auto number = *builds.target;
  auto opened = view_->open_target();
  if (!opened)
    return give_up_target(number, opened.error());
  target_ = *std::move(opened);
  meet();
}

void projection_worker::apply_to_target(const log_page& page) {
  if (page.events.empty())
    return give_up_target(target_->number(),
                          {errc::log_truncated,
                           "the log ends before position "
                             + std::to_string(view_->checkpoint().value())});
  if (auto applied = target_->apply(page); !applied)
    return give_up_target(target_->number(), applied.error());
  target_failures_ = 0;
  if (target_->paused()) { // its writer has said why
    target_.reset();
    return obey();
  }
  show();
  meet();
}

void projection_worker::meet() {
  if (!target_ || target_->checkpoint() != view_->checkpoint())
    return;
  if (auto live = target_->go_live(); !live)
    return give_up_target(target_->number(), live.error());
  journal().info("{}@{} build {} is live", around_->type.name,
                 target_->checkpoint().value(), target_->number());
  view_ = std::move(target_);
  more_ = true; // a page that is on its way for the build before is dropped
  obey();
}

/// Maybe it is not wanted any more, and was dropped under our hands; or the
/// session is lost, and then the live build's too.
void projection_worker::give_up_target(int number, const error& why) {
  target_.reset();
  target_rests_ = true;
  if (auto obeyed = view_->obey(); !obeyed)
    return fail(obeyed.error());
  const auto& builds = view_->builds();
  if (!builds.is_building || builds.target != number) {
    target_failures_ = 0;
    return obey();
  }
  journal().warn("{} build {}: {}", around_->type.name, number, describe(why));
  around_->progress->note("build " + std::to_string(number) + ": "
                          + describe(why));
  const bool may_pass = why.code == errc::unavailable
                        || why.code == errc::not_owner;
  if (!may_pass || ++target_failures_ > target_failures_max) {
    target_failures_ = 0;
    if (auto stopped = view_->stop_target(number, describe(why)); !stopped)
      return fail(stopped.error());
  }
  obey();
}

// -- what its operators ask for -----------------------------------------------

void projection_worker::obey() {
  if (auto obeyed = view_->obey(); !obeyed)
    return fail(obeyed.error());
  go_on();
}

void projection_worker::go_on() {
  look_for_target();
  if (!view_) // it has failed
    return;
  show();
  follow();
}

void projection_worker::show() {
  around_->progress->show(view_->paused(), view_->parked());
  around_->progress->show_builds(view_->builds(),
                                 target_ ? target_->checkpoint()
                                         : view_->target_checkpoint());
  if (!view_->last_fault().empty())
    around_->progress->note(view_->last_fault());
}

void projection_worker::fail(const error& why) {
  const auto at = view_ ? view_->checkpoint() : position{};
  journal().error("{}@{} {}", around_->type.name, at.value(), describe(why));
  around_->progress->failed(why);
  // Gives up the claim before the supervisor starts the next worker.
  target_.reset();
  view_.reset();
  self_->quit(caf::make_error(caf::sec::runtime_error, why.message));
}

} // namespace cafes::actors
