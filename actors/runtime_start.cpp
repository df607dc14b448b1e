// SPDX-License-Identifier: MIT
#include "actors/check_definition.hpp"
#include "actors/finite.hpp"
#include "actors/journal.hpp"
#include "actors/process_identity.hpp"
#include "actors/react/reaction_runner.hpp"
#include "actors/react/reactor_actor.hpp"
#include "actors/read/feed.hpp"
#include "actors/read/log_reader_actor.hpp"
#include "actors/read/progress_watchdog.hpp"
#include "actors/read/projection_actor.hpp"
#include "actors/runtime_core.hpp"
#include "actors/supervisor.hpp"
#include "actors/watch_actor.hpp"
#include "actors/write/command_router.hpp"
#include "actors/write/log_writer.hpp"
#include "actors/write/snapshot_content.hpp"
#include "actors/write/snapshot_writer.hpp"

#include <cafes/limits.hpp>

#include <caf/event_based_actor.hpp>
#include <caf/group_manager.hpp>
#include <caf/send.hpp>

#include <algorithm>
#include <future>
#include <thread>
#include <utility>

namespace cafes {

namespace {

constexpr std::size_t reader_sessions_max = 4;

} // namespace

expected<void> runtime::core::start() {
  auto types = actors::check_definition(service_);
  if (!types)
    return failure_of(types);
  if (auto opened = open_store(); !opened)
    return opened;
  if (role_ == participation::full) {
    if (auto taken = take_log(*types); !taken)
      return taken;
    if (auto begun = begin_reactors(); !begun)
      return begun;
  }
  start_actors(*types);
  return {};
}

/// CAF 0.17 hands its logger to each thread that makes a system or spawns an
/// actor, and the system's destructor waits until nobody has it: stopped by
/// another thread than the one that started it, it would wait for ever. So all
/// is started by a thread that ends.
void runtime::core::start_actors(const std::vector<detail::event_type>& types) {
  std::async(std::launch::async, [&] {
    start_system();
    start_feed();
    if (role_ == participation::full)
      start_write_side(types);
    start_projections();
  }).get();
}

expected<void> runtime::core::open_store() {
  auto opened = open_();
  if (!opened)
    return failure_of(opened);
  store_ = *std::move(opened);
  // Who only reads changes no schema beneath those who write.
  if (role_ == participation::full)
    if (auto migrated = store_->migrate(); !migrated)
      return migrated;
  readers_ = std::make_unique<actors::session_pool<store::log_reader>>(
    [this] { return store_->open_reader(); }, reader_sessions_max);
  views_ = std::make_unique<actors::view_query>(store_);
  control_ = std::make_unique<actors::view_control>(store_);
  watches_ = std::make_shared<actors::view_watches>(*views_, views_moved_,
                                                    settings_.watches_max);
  return {};
}

expected<void>
runtime::core::take_log(const std::vector<detail::event_type>& types) {
  auto session = store_->open_writer();
  if (!session)
    return failure_of(session);
  auto taken = (*session)->acquire(actors::process_identity(),
                                   settings_.ownership_wait);
  if (!taken)
    return failure_of(taken);
  auto ids = (*session)->register_types(types);
  if (!ids)
    return failure_of(ids);
  epoch_ = taken->taken;
  counters_->head = taken->head.value();
  type_ids_ = *std::move(ids);
  numbers_ = (*session)->numbers();
  writer_session_ = *std::move(session);
  return {};
}

void runtime::core::start_system() {
  // As many workers as cores; and nobody keeps one for long (CAF's default is
  // without limit, so one flooded actor would stall the others).
  config_.set("scheduler.max-threads",
              std::max(1U, std::thread::hardware_concurrency()));
  config_.set("scheduler.max-throughput", 100);
  // An idle worker waits to be woken. By default it looks for work in a loop,
  // which took a third of a core from the database on a small machine.
  config_.set("work-stealing.aggressive-poll-attempts", 10U);
  config_.set("work-stealing.moderate-poll-attempts", 0U);
  config_.set("work-stealing.relaxed-steal-interval", 1U);
  config_.set("work-stealing.relaxed-sleep-duration", caf::timespan{2'000'000});
  system_ = std::make_unique<caf::actor_system>(config_);
}

void runtime::core::start_feed() {
  page_reader_ = system_->spawn<caf::detached>(actors::log_reader_actor,
                                               store_);
  feed_ = system_->spawn(
    actors::feed_actor,
    actors::feed_surroundings{
      page_reader_, system_->groups().get_local("log-0"),
      settings_.feed_bytes_max, settings_.feed_bytes_max / 4, feed_backlog_,
      role_ == participation::full, position{counters_->head}});
}

void runtime::core::start_write_side(
  const std::vector<detail::event_type>& types) {
  start_log_writer(types);
  const auto readers = std::max<std::size_t>(1, settings_.recovery_readers);
  for (std::size_t index = 0; index < readers; ++index)
    recovery_readers_.push_back(
      system_->spawn<caf::detached>(actors::log_reader_actor, store_));
  snapshot_writer_ = system_->spawn<caf::detached>(
    actors::snapshot_writer_actor, store_, counters_);
  watcher_ = system_->spawn<caf::detached>(actors::watch_actor, watch_);
  actors::aggregate_types aggregates;
  for (const auto& type : service_.aggregates())
    aggregates.emplace(type.category, make_surroundings(type, types));
  router_
    = system_->spawn(actors::command_router_actor, std::move(aggregates),
                     actors::passivation_limits{
                       std::max<std::size_t>(1, settings_.live_aggregates_max),
                       settings_.live_aggregate_bytes_max,
                       actors::finite(settings_.passivate_after)});
}

void runtime::core::start_log_writer(
  const std::vector<detail::event_type>& types) {
  auto writer = std::make_shared<actors::log_writer_surroundings>();
  writer->session = std::move(writer_session_);
  for (std::size_t index = 0; index < types.size(); ++index)
    writer->told.types.emplace_back(type_ids_[index], types[index]);
  // Without projections and reactors nobody pulls.
  if (!service_.projections().empty() || !service_.reactors().empty())
    writer->told.feed = feed_;
  writer->told.feed_backlog = feed_backlog_;
  writer->told.feed_backlog_max = settings_.feed_bytes_max;
  writer->counted = counters_;
  writer->stop = stop_signal_;
  writer->in_doubt_max = settings_.in_doubt_max;
  writer->on_lost = [this](const error& why) { lose_log(why); };
  log_writer_ = system_->spawn<caf::detached>(actors::log_writer_actor, writer);
}

std::shared_ptr<const actors::aggregate_surroundings>
runtime::core::make_surroundings(
  const detail::aggregate_type& type,
  const std::vector<detail::event_type>& types) const {
  auto around = std::make_shared<actors::aggregate_surroundings>();
  around->type = type;
  for (const auto& event : type.events)
    around->event_ids.push_back(type_ids_[static_cast<std::size_t>(
      std::find(types.begin(), types.end(), event) - types.begin())]);
  if (type.options.snapshot_every > 0)
    around->fingerprint = actors::snapshot_fingerprint(type);
  around->numbers = numbers_;
  around->log_writer = log_writer_;
  around->log_readers = recovery_readers_;
  around->snapshot_writer = snapshot_writer_;
  around->counted = counters_;
  around->queue_max = settings_.aggregate_queue_max;
  around->in_flight_max = std::clamp<std::size_t>(
    settings_.aggregate_in_flight_max, 1, limits::command_window_max / 2);
  // The snapshot writer stores all that wait at once.
  around->snapshots_in_flight_max = std::min(settings_.snapshots_in_flight_max,
                                             limits::snapshots_max);
  return around;
}

void runtime::core::start_projections() {
  std::vector<actors::supervised> children;
  for (const auto& type : service_.projections()) {
    auto around = std::make_shared<actors::projection_surroundings>();
    around->type = type;
    around->store = store_;
    around->feed = feed_;
    around->hints = system_->groups().get_local("log-0");
    around->progress
      = std::make_shared<actors::projection_progress>(type.name, type.version);
    around->progress->raise_when_moved(views_moved_);
    if (type.options.in_memory)
      around->progress->keeps_in_memory();
    around->page_events_max = std::clamp<std::size_t>(
      settings_.page_events_max, 1, limits::page_events_max);
    around->poll_interval = settings_.poll_interval;
    progress_.push_back(around->progress);
    views_->add(type, around->progress, around->memory);
    control_->add(type);
    children.push_back(
      {[around](caf::event_based_actor* parent) {
         return parent->spawn<caf::detached>(actors::projection_actor, around);
       },
       around->progress});
  }
  start_reactors(children);
  supervisor_
    = system_->spawn(actors::supervisor_actor, std::move(children),
                     actors::restart_pauses{settings_.restart_pause_min,
                                            settings_.restart_pause_max});
  watchdog_ = system_->spawn<caf::detached>(
    actors::progress_watchdog_actor, [this] { return status().projections; },
    std::max(actors::finite(settings_.stuck_after),
             std::chrono::milliseconds{1}));
}

/// What is sent from now on is not in the log yet, and a reactor that begins at
/// its end reacts to it. Who holds one's claim has begun it.
expected<void> runtime::core::begin_reactors() {
  for (const auto& type : service_.reactors()) {
    actors::reactor_cursor cursor{type, position{counters_->head}, store_};
    if (auto claimed = cursor.claim(); !claimed)
      return failure_of(claimed);
  }
  return {};
}

void runtime::core::start_reactors(std::vector<actors::supervised>& children) {
  for (const auto& type : service_.reactors()) {
    auto around = std::make_shared<actors::reactor_surroundings>();
    around->type = type;
    around->store = store_;
    around->feed = feed_;
    around->hints = system_->groups().get_local("log-0");
    around->progress = std::make_shared<actors::projection_progress>(
      type.name, 1, projection_kind::reactor);
    around->page_events_max = std::clamp<std::size_t>(
      settings_.page_events_max, 1, limits::page_events_max);
    around->poll_interval = settings_.poll_interval;
    around->end = position{counters_->head};
    around->is_to_react = role_ == participation::full;
    around->start_runner = [name = type.name,
                            time_max = type.options.handler_time_max](
                             caf::event_based_actor* parent) {
      return parent->spawn<caf::linked + caf::detached>(
        actors::reaction_runner_actor, name, time_max);
    };
    progress_.push_back(around->progress);
    const auto view = actors::view_of(type);
    views_->add(view, around->progress);
    control_->add(view);
    children.push_back(
      {[around](caf::event_based_actor* parent) {
         return parent->spawn<caf::detached>(actors::reactor_actor, around);
       },
       around->progress});
  }
}

/// First nobody comes in, then what is inside finishes, then the actors end,
/// and with the last of them the sessions give up log and views. Who calls
/// while another thread stops waits for it. Reading goes on until the end of
/// this object.
void runtime::core::stop() {
  std::call_once(stopped_, [this] {
    gate_->close({errc::shutting_down, "the runtime is being stopped"});
    if (watches_)
      watches_->stop();
    if (!gate_->wait_until_empty(settings_.stop_timeout))
      actors::journal().warn("stopped with {} commands under way",
                             gate_->commands());
    stop_signal_->raise();
    end_actors();
    system_.reset();
    writer_session_.reset();
  });
}

void runtime::core::end_actors() {
  const std::unique_lock held{handles_};
  for (auto* actor : {&supervisor_, &router_, &log_writer_, &snapshot_writer_,
                      &watcher_, &watchdog_, &feed_, &page_reader_}) {
    if (*actor)
      caf::anon_send_exit(*actor, caf::exit_reason::user_shutdown);
    *actor = nullptr;
  }
  for (auto& reader : std::exchange(recovery_readers_, {}))
    caf::anon_send_exit(reader, caf::exit_reason::user_shutdown);
}

} // namespace cafes
