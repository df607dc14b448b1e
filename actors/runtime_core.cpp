// SPDX-License-Identifier: MIT
#include "actors/runtime_core.hpp"

#include "actors/finite.hpp"

#include <cafes/limits.hpp>

#include <caf/send.hpp>

#include <algorithm>
#include <utility>

namespace cafes {

namespace {

/// Beyond the log writer's own bound, in case it cannot answer at all.
constexpr std::chrono::seconds verdict_margin{30};

detail::erased_outcome failed(error why) {
  return {std::move(why)};
}

} // namespace

runtime::core::core(definition service, settings with, participation role,
                    store_source open)
  : service_{std::move(service)},
    settings_{std::move(with)},
    role_{role},
    open_{std::move(open)},
    gate_{std::make_shared<actors::admission>(
      actors::admission_limits{settings_.commands_in_flight_max,
                               settings_.command_bytes_in_flight_max})},
    counters_{std::make_shared<actors::counters>()},
    watch_{std::make_shared<actors::command_watch>(
      actors::finite(settings_.in_doubt_max) + verdict_margin)},
    stop_signal_{std::make_shared<actors::stop_signal>()} {}

runtime::core::~core() {
  stop();
}

// -- commands ----------------------------------------------------------------

const detail::aggregate_type*
runtime::core::aggregate(std::string_view category) const {
  for (const auto& type : service_.aggregates())
    if (type.category == category)
      return &type;
  return nullptr;
}

void runtime::core::send(std::string_view category, std::string_view key,
                         detail::any_command asked, const send_options& options,
                         detail::reply then) {
  // Under overload most are refused: at once, and at little cost.
  if (gate_->is_full())
    return then(failed(gate_->overloaded()));
  auto stream = make_stream_name(category, key);
  if (!stream)
    return then(failed(stream.error()));
  if (aggregate(category) == nullptr)
    return then(failed({errc::invalid_argument, "there is no aggregate \""
                                                  + std::string{category}
                                                  + "\" in this program"}));
  if (role_ != participation::full)
    return then(failed({errc::not_owner, "this process only reads"}));

  actors::command_envelope::order order;
  order.stream = *std::move(stream);
  order.asked = std::move(asked);
  order.circumstances = {now(), options.id};
  order.from = {options.id,
                options.correlation_id.is_nil() ? options.id
                                                : options.correlation_id,
                options.causation_id};
  order.retry = options.retry;
  order.deadline = std::chrono::steady_clock::now()
                   + actors::finite(options.timeout.count() > 0
                                      ? options.timeout
                                      : settings_.command_timeout);
  order.then = std::move(then);
  if (auto entered = forward(order); !entered)
    order.then(failed(entered.error()));
}

/// Whoever got in before the gate closed has sent before `stop` goes on.
expected<void> runtime::core::forward(actors::command_envelope::order& order) {
  const std::shared_lock held{handles_};
  auto entered = gate_->enter(order.asked.bytes);
  if (entered)
    caf::anon_send(router_,
                   watch_->make_envelope(std::move(order), gate_, counters_));
  return entered;
}

void runtime::core::send_named(std::string_view category, std::string_view key,
                               std::string_view command, std::string_view json,
                               const send_options& options,
                               detail::reply then) {
  const auto* type = aggregate(category);
  if (type == nullptr)
    return send(category, key, {}, options, std::move(then));
  const auto named
    = std::find_if(type->commands.begin(), type->commands.end(),
                   [&](const auto& each) { return each.name == command; });
  if (named == type->commands.end())
    return then(
      failed({errc::unknown_type, std::string{category} + " has no command \""
                                    + std::string{command} + "\""}));
  auto asked = named->decode(json);
  if (!asked)
    return then(
      failed({asked.error().code, std::string{command} + " " + named->shape
                                    + ": " + asked.error().message}));
  send(category, key, *std::move(asked), options, std::move(then));
}

// -- reading -----------------------------------------------------------------

namespace {

expected<void> check_limit(std::size_t limit) {
  if (limit >= 1 && limit <= limits::page_events_max)
    return {};
  return failure(errc::limit_exceeded, "a page has 1 to 1000 events, asked for "
                                         + std::to_string(limit));
}

} // namespace

expected<event_page> runtime::core::read_stream(const stream_name& stream,
                                                version from,
                                                std::size_t limit) {
  if (auto fits = check_limit(limit); !fits)
    return failure_of(fits);
  if (auto named = make_stream_name(stream.category, stream.key); !named)
    return failure_of(named);
  auto slice = readers_->with([&](store::log_reader& reader) {
    return reader.read_stream(stream, from, limit);
  });
  if (!slice)
    return failure_of(slice);
  if (slice->id == store::stream_id{})
    return failure(errc::stream_not_found,
                   "there is no stream " + to_string(stream));
  const bool more = slice->events.size() == limit;
  return event_page{std::move(slice->events), more};
}

expected<event_page> runtime::core::read_log(position after,
                                             std::size_t limit) {
  if (auto fits = check_limit(limit); !fits)
    return failure_of(fits);
  auto events = readers_->with(
    [&](store::log_reader& reader) { return reader.read_log(after, limit); });
  if (!events)
    return failure_of(events);
  const bool more = events->size() == limit;
  return event_page{*std::move(events), more};
}

/// The owner knows where its log ends; others ask the store.
expected<position> runtime::core::head() {
  if (role_ == participation::full && counters_->head_known)
    return position{counters_->head};
  return readers_->with(
    [](store::log_reader& reader) { return reader.head(); });
}

expected<store_summary> runtime::core::summary() {
  return store_->summary();
}

runtime_status runtime::core::status() {
  runtime_status shown;
  shown.head = head().value_or(position{counters_->head});
  shown.epoch = epoch_;
  shown.commands_in_flight = gate_->commands();
  shown.aggregates_live = counters_->aggregates;
  shown.commands_accepted = counters_->accepted;
  shown.commands_rejected = counters_->rejected;
  shown.commands_failed = counters_->failed;
  shown.batches_written = counters_->batches;
  shown.conflicts = counters_->conflicts;
  shown.aggregates_passivated = counters_->passivated;
  shown.snapshots_written = counters_->snapshots_written;
  shown.snapshots_ignored = counters_->snapshots_ignored;
  shown.snapshots_skipped = counters_->snapshots_skipped;
  for (const auto& each : progress_)
    shown.projections.push_back(each->status(shown.head));
  return shown;
}

expected<void> runtime::core::drain(std::chrono::milliseconds timeout) {
  const auto began = std::chrono::steady_clock::now();
  auto end = head();
  if (!end)
    return failure_of(end);
  std::vector<std::string> names;
  for (const auto& type : service_.projections())
    names.push_back(type.name);
  if (role_ == participation::full)
    for (const auto& type : service_.reactors())
      names.push_back(type.name);
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
    std::chrono::steady_clock::now() - began);
  return views_->wait_for_all(
    names, {*end, std::max(timeout - took, std::chrono::milliseconds{0})},
    [this](std::string_view name) {
      return control_->is_paused(name).value_or(false);
    });
}

// -- losing the log ----------------------------------------------------------

void runtime::core::lose_log(const error& why) {
  gate_->close(why);
  const std::shared_lock held{handles_};
  caf::anon_send(router_, actors::log_lost{why});
}

} // namespace cafes
