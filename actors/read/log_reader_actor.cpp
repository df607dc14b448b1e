// SPDX-License-Identifier: MIT
#include "actors/read/log_reader_actor.hpp"

#include <cafes/limits.hpp>

#include <caf/event_based_actor.hpp>

#include <utility>

namespace cafes::actors {

namespace {

log_page page_of(std::vector<recorded_event> events) {
  auto batch
    = std::make_shared<const std::vector<recorded_event>>(std::move(events));
  log_page page;
  for (const auto& event : *batch)
    page.events.push_back(&event);
  page.batches.push_back(std::move(batch));
  return page;
}

} // namespace

caf::behavior
log_reader_actor(caf::stateful_actor<log_reader_actor_state>* self,
                 std::shared_ptr<store::log_store> store) {
  return self->state.start(std::move(store));
}

caf::behavior
log_reader_actor_state::start(std::shared_ptr<store::log_store> store) {
  store_ = std::move(store);
  return {
    [this](const read_stream& asked) -> stream_read {
      return std::make_shared<expected<store::stream_slice>>(
        with_session([&](store::log_reader& session) {
          return session.read_stream(asked.stream, asked.from,
                                     limits::page_events_max);
        }));
    },
    [this](const find_command& asked) -> command_found {
      return std::make_shared<expected<std::optional<store::appended>>>(
        with_session([&](store::log_reader& session) {
          return session.find_command(asked.stream, asked.command_id);
        }));
    },
    [this](const pull& asked) -> page_read {
      auto events = with_session([&](store::log_reader& session) {
        return session.read_log(asked.after, asked.limit);
      });
      if (!events)
        return std::make_shared<const expected<log_page>>(failure_of(events));
      return std::make_shared<const expected<log_page>>(
        page_of(*std::move(events)));
    },
  };
}

} // namespace cafes::actors
