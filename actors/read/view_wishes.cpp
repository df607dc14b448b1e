// SPDX-License-Identifier: MIT
#include "actors/read/parked_message.hpp"
#include "actors/read/view_builder.hpp"

#include <cafes/detail/assert.hpp>

#include <set>
#include <utility>

// What people ask of the builder of a view.

namespace cafes::actors {

expected<void> view_builder::obey() {
  auto asked = view_->orders();
  if (!asked)
    return failure_of(asked);
  builds_ = std::move(asked->builds);
  target_checkpoint_ = asked->target_checkpoint;
  const bool was_paused = paused_.has_value();
  paused_ = std::move(asked->paused);
  if (paused_)
    return {};
  if (was_paused)
    thread_.count_anew(); // who resumed it has seen why it was paused
  std::set<std::pair<std::string, bool>> tried;
  for (const auto& wished : asked->wished) {
    if (paused_) // by the wish before: the others are kept
      return {};
    if (tried.emplace(wished.key, wished.is_stream).second)
      if (auto done = try_again(wished); !done)
        return done;
  }
  return {};
}

/// All that wait with a key go together, in order. What is to be dropped is
/// the event that failed, not those behind it.
expected<void> view_builder::try_again(const parked_event& first) {
  const auto waiting = parked_->of(first.key, first.is_stream);
  if (waiting.empty()) // it went with another wish
    return {};
  std::vector<position> all;
  std::vector<parked_event> again;
  auto without = std::make_shared<parked_keys>(*parked_);
  for (const auto& event : waiting) {
    all.push_back(event.at);
    without->remove(event.at);
    if (first.wish != parked_wish::drop
        || event.reason == parking_reason::behind)
      again.push_back(event);
  }
  auto events = read_again(again);
  if (!events)
    return failure_of(events);
  auto folded = fold(*events, without, again.size());
  if (!folded)
    return failure_of(folded);
  if (folded->is_given_up)
    return give_up(waiting, *folded);
  for (auto& event : folded->parked) {
    std::erase(all, event.at);
    for (const auto& before : waiting)
      if (before.at == event.at)
        event.attempts += before.attempts;
  }
  auto done
    = commit({checkpoint_, checkpoint_, folded->changed, folded->parked, all});
  if (!done && is_about_content(done.error()))
    return park_again(waiting, parking_reason::document, done.error().message);
  return done;
}

/// They stay as they are, without wishes, and the first one says why.
expected<void> view_builder::park_again(std::vector<parked_event> waiting,
                                        parking_reason reason,
                                        const std::string& why) {
  waiting.front().reason = reason;
  waiting.front().message = parked_message(why);
  ++waiting.front().attempts;
  return commit({checkpoint_, checkpoint_, {}, waiting, {}});
}

/// Too many handlers have not come back for the rest to be tried.
expected<void> view_builder::give_up(std::vector<parked_event> waiting,
                                     const folded_page& folded) {
  const auto why = *reason_to_pause(folded.parked);
  if (auto kept = park_again(std::move(waiting), parking_reason::handler, why);
      !kept)
    return kept;
  return pause(why);
}

expected<event_span>
view_builder::read_again(std::span<const parked_event> waiting) {
  if (!reader_) {
    auto opened = store_->open_reader();
    if (!opened)
      return failure_of(opened);
    reader_ = *std::move(opened);
  }
  auto events = std::make_shared<std::vector<recorded_event>>();
  for (const auto& parked : waiting) {
    auto read = reader_->read_log(position{parked.at.value() - 1}, 1);
    if (!read)
      return failure_of(read);
    if (read->empty())
      return failure(errc::corrupt, "the log has no position "
                                      + std::to_string(parked.at.value()));
    events->push_back(std::move(read->front()));
  }
  event_span span;
  for (const auto& event : *events)
    span.events.push_back(&event);
  span.batches.push_back(std::move(events));
  return span;
}

} // namespace cafes::actors
