// SPDX-License-Identifier: MIT
#include "actors/read/log_reader_actor.hpp"

#include <cafes/limits.hpp>

#include <caf/event_based_actor.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace cafes::actors {

namespace {

using clock = std::chrono::steady_clock;

/// More in one query does not read faster, but makes the first wait longer.
constexpr std::size_t recoveries_at_once = 32;
/// Longer streams are read on one by one: the bound of what is in memory.
constexpr std::size_t first_events_max = 250;

log_page page_of(std::vector<recorded_event> events) {
  auto batch
    = std::make_shared<const std::vector<recorded_event>>(std::move(events));
  log_page page;
  for (const auto& event : *batch)
    page.events.push_back(&event);
  page.batches.push_back(std::move(batch));
  return page;
}

auto shared(expected<store::recovered_stream> read) {
  return std::make_shared<expected<store::recovered_stream>>(std::move(read));
}

} // namespace

caf::behavior log_reader_actor(log_reader_actor_state::actor_type* self,
                               std::shared_ptr<store::log_store> store) {
  return self->state.start(std::move(store));
}

caf::behavior
log_reader_actor_state::start(std::shared_ptr<store::log_store> store) {
  store_ = std::move(store);
  return {
    [this](recovery_order_ptr& order) {
      waiting_.push_back(std::move(order));
      if (!std::exchange(scheduled_, true))
        self_->send(self_, recover_waiting{});
    },
    [this](recover_waiting) {
      scheduled_ = false;
      recover();
    },
    [this](const look_up_order& asked) {
      self_->send(
        asked.sender,
        looked_up{asked.attempt,
                  std::make_shared<expected<std::optional<store::appended>>>(
                    with_session([&](store::log_reader& session) {
                      return session.find_command(asked.stream,
                                                  asked.command_id);
                    }))});
    },
    [this](const pull& asked) { return read(asked); },
  };
}

/// All that were waiting when it was told to.
void log_reader_actor_state::recover() {
  std::vector<recovery_order_ptr> some;
  for (auto& order : std::exchange(waiting_, {})) {
    if (order->after != version{}) {
      go_on(*order);
      continue;
    }
    some.push_back(std::move(order));
    if (some.size() == recoveries_at_once)
      begin(std::exchange(some, {}));
  }
  if (!some.empty())
    begin(some);
}

void log_reader_actor_state::begin(
  const std::vector<recovery_order_ptr>& orders) {
  std::vector<store::recovery_request> asked;
  asked.reserve(orders.size());
  for (const auto& order : orders)
    asked.push_back({order->stream, order->fingerprint});
  const auto started = clock::now();
  auto read = with_session([&](store::log_reader& session) {
    return session.recover(asked, first_events_max);
  });
  // Those that were read together share the time.
  const auto took = (clock::now() - started)
                    / static_cast<clock::rep>(orders.size());
  for (std::size_t index = 0; index < orders.size(); ++index) {
    const bool more = read && (*read)[index].events.size() == first_events_max;
    auto answer = read ? shared(std::move((*read)[index]))
                       : shared(failure_of(read));
    self_->send(orders[index]->sender,
                recovery_page{orders[index]->attempt, std::move(answer), more,
                              took});
  }
}

void log_reader_actor_state::go_on(const recovery_order& order) {
  const auto started = clock::now();
  auto slice = with_session([&](store::log_reader& session) {
    return session.read_stream(order.stream, order.after.next(),
                               limits::page_events_max);
  });
  const bool more = slice && slice->events.size() == limits::page_events_max;
  auto answer = slice ? shared(store::recovered_stream{
                  slice->id, std::nullopt, false, std::move(slice->events)})
                      : shared(failure_of(slice));
  self_->send(order.sender, recovery_page{order.attempt, std::move(answer),
                                          more, clock::now() - started});
}

page_read log_reader_actor_state::read(const pull& asked) {
  auto events = with_session([&](store::log_reader& session) {
    return session.read_log(asked.after, asked.limit);
  });
  if (!events)
    return std::make_shared<const expected<log_page>>(failure_of(events));
  return std::make_shared<const expected<log_page>>(
    page_of(*std::move(events)));
}

} // namespace cafes::actors
