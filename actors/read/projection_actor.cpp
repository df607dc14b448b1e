// SPDX-License-Identifier: MIT
#include "actors/read/projection_actor.hpp"

#include "actors/journal.hpp"

#include <cafes/limits.hpp>

#include <caf/event_based_actor.hpp>
#include <caf/sec.hpp>

#include <utility>

namespace cafes::actors {

namespace {

constexpr std::chrono::seconds pull_timeout{30};

store::view_identity identity_of(const detail::projection_type& type) {
  return {type.name, type.version, type.shape};
}

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
      if (!claimed_ || hint.head <= checkpoint_)
        return;
      more_ = true;
      follow();
    },
    // The net below the hints, which may be lost.
    [this](poll) {
      if (claimed_)
        follow();
      else
        claim();
      self_->delayed_send(self_, around_->poll_interval, poll{});
    },
  };
}

void projection_worker::claim() {
  if (!view_) {
    auto opened = around_->store->open_view_writer(identity_of(around_->type));
    if (!opened)
      return fail(describe(opened.error()));
    view_ = *std::move(opened);
  }
  auto claimed = view_->claim();
  if (!claimed)
    return fail(describe(claimed.error()));
  if (!*claimed) {
    auto elsewhere = watch();
    // Whoever holds the claim is still creating the view.
    if (!elsewhere && elsewhere.error().code == errc::invalid_argument)
      return;
    if (!elsewhere)
      return fail(describe(elsewhere.error()));
    return around_->progress->found(projection_phase::elsewhere, *elsewhere);
  }
  claimed_ = true;
  checkpoint_ = **claimed;
  around_->progress->found(projection_phase::running, checkpoint_);
  follow();
}

expected<position> projection_worker::watch() const {
  auto reader = around_->store->open_view_reader();
  if (!reader)
    return failure_of(reader);
  return (*reader)->checkpoint(identity_of(around_->type));
}

void projection_worker::follow() {
  if (std::exchange(pulling_, true))
    return;
  more_ = false;
  self_
    ->request(around_->feed, pull_timeout,
              pull{checkpoint_, around_->page_events_max})
    .then([this](const page_read& read) { take(read); },
          [this](const caf::error& why) {
            if (why == caf::sec::request_timeout)
              fail("unavailable: the feed did not answer within 30 s");
            else // it has ended before us: the runtime stops
              self_->quit(why);
          });
}

void projection_worker::take(const page_read& read) {
  pulling_ = false;
  if (!*read)
    return fail(describe(read->error()));
  const auto& page = **read;
  if (page.events.empty()) {
    if (more_)
      follow();
    return;
  }
  around_->progress->waiting_since(page.events.front()->recorded_at);
  if (auto applied = apply(page); !applied)
    return fail(describe(applied.error()));
  follow();
}

expected<void> projection_worker::apply(const log_page& page) {
  if (page.events.front()->at != checkpoint_.next())
    return failure(errc::corrupt,
                   "the log goes from position "
                     + std::to_string(checkpoint_.value()) + " to "
                     + std::to_string(page.events.front()->at.value()));
  auto changed = fold(page);
  if (!changed)
    return failure_of(changed);
  const auto last = page.events.back()->at;
  if (auto written = view_->commit(checkpoint_, last, *changed); !written)
    return failure_of(written);
  checkpoint_ = last;
  around_->progress->applied(checkpoint_, page.events.size());
  return {};
}

expected<std::vector<detail::keyed_document>>
projection_worker::fold(const log_page& page) {
  const auto fold = around_->type.start_page();
  for (const auto* event : page.events)
    if (auto added = fold->add(*event); !added)
      return failure_of(added);
  auto loaded = view_->load(fold->keys());
  if (!loaded)
    return failure_of(loaded);
  for (const auto& document : *loaded)
    if (auto taken = fold->load(document); !taken)
      return failure_of(taken);
  return fold->fold();
}

void projection_worker::fail(const std::string& why) {
  journal().error("{}@{} {}", around_->type.name, checkpoint_.value(), why);
  around_->progress->failed(why);
  // Gives up the claim before the supervisor starts the next worker.
  view_.reset();
  self_->quit(caf::make_error(caf::sec::runtime_error, why));
}

} // namespace cafes::actors
