// SPDX-License-Identifier: MIT
#include "actors/journal.hpp"
#include "actors/react/reactor_actor.hpp"
#include "actors/read/page_attempt.hpp"
#include "actors/read/parked_message.hpp"

#include <set>
#include <utility>

// What people ask of a reactor, and what it says to them.

namespace cafes::actors {

/// What is finished is stored first: a wish that it fulfils is gone then.
void reactor_worker::obey() {
  store();
  if (ending_)
    return;
  auto asked = cursor_->orders();
  if (!asked)
    return fail(asked.error());
  const bool was_paused
    = std::exchange(paused_, std::move(asked->paused)).has_value();
  show();
  if (paused_)
    return;
  if (was_paused) { // who resumed it has seen why it was paused
    lost_ = 0;
    keys_->count_anew();
  }
  if (!open())
    return;
  std::set<std::pair<std::string, bool>> tried;
  for (const auto& wished : asked->wished)
    if (!ending_ && !paused_
        && tried.emplace(wished.key, wished.is_stream).second)
      try_again(wished);
  if (ending_)
    return;
  if (was_paused && !paused_)
    if (const auto why = window_->resume())
      pause(*why);
  store_soon();
  go_on();
}

/// All that wait with a key go together. There are none where they are being
/// tried again already.
void reactor_worker::try_again(const parked_event& first) {
  const auto waiting = window_->parked_of(first.key, first.is_stream);
  if (waiting.empty())
    return;
  auto events = cursor_->read(waiting);
  if (!events)
    return fail(events.error());
  auto owner = std::make_shared<std::vector<reaction_window::event_ptr>>(
    *std::move(events));
  key_reading::events given{owner, {}};
  for (const auto& event : *owner)
    given.all.push_back(event.get());
  const auto of = keys_->read(handlers_, std::move(given),
                              page_attempt::threads_left_max);
  if (const auto why = lost_too_many())
    return pause(*why);
  std::vector<reaction_window::again> again;
  for (std::size_t place = 0; place < waiting.size(); ++place)
    again.push_back({waiting[place], (*owner)[place], of[place]});
  window_->try_again(again, first.wish);
}

void reactor_worker::pause(const std::string& why) {
  const auto text = parked_message(why);
  journal().error("{}@{} paused: {}", around_->type.name,
                  window_->cursor().value(), text);
  if (auto written = cursor_->pause(text); !written)
    return fail(written.error());
  paused_ = text;
  show();
}

reaction_window::reason reactor_worker::lost_too_many() const {
  const auto lost = lost_ + keys_->lost();
  if (lost <= page_attempt::threads_left_max)
    return {};
  return std::to_string(lost) + " handlers have not come back";
}

void reactor_worker::show() {
  around_->progress->show(paused_, window_->parked());
}

void reactor_worker::show_waiting() {
  if (const auto oldest = window_->waiting_since())
    around_->progress->waiting_since(*oldest);
}

} // namespace cafes::actors
