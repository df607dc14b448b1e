// SPDX-License-Identifier: MIT
#include "actors/react/reaction_window.hpp"

#include "actors/read/parked_message.hpp"

#include <cafes/detail/assert.hpp>
#include <cafes/timestamp.hpp>

#include <algorithm>

namespace cafes::actors {

namespace {

parked_event behind(position at, std::string key, bool is_stream) {
  return {at, std::move(key), is_stream,        parking_reason::behind, {},
          0,  cafes::now(),   parked_wish::none};
}

} // namespace

reaction_window::reaction_window(const rules& by, position cursor,
                                 parked_keys parked)
  : rules_{by}, cursor_{cursor}, end_{cursor}, parked_{std::move(parked)} {}

// -- filling it ---------------------------------------------------------------

std::size_t reaction_window::room() const {
  if (bytes_ >= rules_.bytes_max)
    return 0;
  return rules_.events_max - std::min(rules_.events_max, of_interest_.size());
}

reaction_window::reason reaction_window::add(const recorded_event& event,
                                             const read_event& read) {
  CAFES_ASSERT(event.at == end_.next());
  if (!read.key && !read.failed) {
    end_ = event.at;
    return {};
  }
  if (auto aside = held_back(event, read)) {
    if (auto why = must_pause(1, *aside))
      return why;
    park(*std::move(aside));
  } else {
    insert({std::make_shared<const recorded_event>(event), *read.key, 0,
            rules_.attempts_max});
  }
  end_ = event.at;
  of_interest_.push_back(event.at);
  return {};
}

/// Why an event is parked without an attempt.
std::optional<parked_event>
reaction_window::held_back(const recorded_event& event,
                           const read_event& read) const {
  if (parked_.holds_stream(event.stream, event.at))
    return behind(event.at, to_string(event.stream), true);
  if (read.failed)
    return parked_event{event.at,
                        to_string(event.stream),
                        true,
                        read.failed->reason,
                        parked_message(read.failed->message),
                        1,
                        cafes::now(),
                        parked_wish::none};
  if (parked_.holds_key(*read.key, event.at))
    return behind(event.at, *read.key, false);
  return {};
}

// -- lanes --------------------------------------------------------------------

void reaction_window::insert(entry taken) {
  const auto at = taken.event->at;
  const auto key = taken.key;
  bytes_ += taken.event->data.size() + taken.event->metadata.size();
  again_ += taken.before ? 1U : 0U;
  lanes_[key].events.insert(at);
  entries_.emplace(at, std::move(taken));
  offer(key);
}

reaction_window::entry reaction_window::remove(position at) {
  const auto found = entries_.find(at);
  CAFES_ASSERT(found != entries_.end());
  auto removed = std::move(found->second);
  entries_.erase(found);
  bytes_ -= removed.event->data.size() + removed.event->metadata.size();
  again_ -= removed.before ? 1U : 0U;
  lanes_.at(removed.key).events.erase(at);
  offer(removed.key);
  return removed;
}

/// Lists the lane's head anew.
void reaction_window::offer(const std::string& key) {
  const auto found = lanes_.find(key);
  auto& one = found->second;
  if (one.offered) {
    ready_.erase(one.offered->second);
    pausing_.erase(*one.offered);
    one.offered.reset();
  }
  if (one.is_busy)
    return;
  if (one.events.empty()) {
    lanes_.erase(found);
    return;
  }
  const auto head = *one.events.begin();
  one.offered.emplace(entries_.at(head).due, head);
  pausing_.insert(*one.offered);
}

// -- reacting -----------------------------------------------------------------

std::optional<reaction_window::order> reaction_window::next(time_point now) {
  while (!pausing_.empty() && pausing_.begin()->first <= now) {
    ready_.insert(pausing_.begin()->second);
    pausing_.erase(pausing_.begin());
  }
  if (ready_.empty())
    return {};
  auto& chosen = entries_.at(*ready_.begin());
  lanes_.at(chosen.key).is_busy = true;
  offer(chosen.key);
  ++under_way_;
  return order{chosen.event, ++chosen.attempts};
}

std::optional<reaction_window::time_point> reaction_window::next_due() const {
  if (!ready_.empty() || pausing_.empty())
    return {};
  return pausing_.begin()->first;
}

void reaction_window::done(position at) {
  --under_way_;
  lanes_.at(entries_.at(at).key).is_busy = false;
  if (remove(at).before)
    to_release_.push_back(at);
}

reaction_window::reason
reaction_window::failed(position at, const failure& what, time_point now,
                        std::uint32_t chance) {
  --under_way_;
  auto& one = entries_.at(at);
  lanes_.at(one.key).is_busy = false;
  if (what.is_final || one.attempts >= one.attempts_max)
    return give_up(at, what);
  one.due = now
            + restart_pause(rules_.pauses,
                            static_cast<std::uint64_t>(one.attempts), chance);
  offer(one.key);
  return {};
}

/// As it was in the store, if it was there, but with the key of its lane: it
/// may have had none before.
parked_event reaction_window::parked_again(const entry& one) {
  auto event = one.before.value_or(behind(one.event->at, one.key, false));
  event.key = one.key;
  event.is_stream = false;
  event.wish = parked_wish::none;
  return event;
}

/// Those behind it are parked with it. Where they may not be, they stay, and
/// so does it, unless the store has it as parked already.
reaction_window::reason reaction_window::give_up(position at,
                                                 const failure& what) {
  auto& one = entries_.at(at);
  auto event = parked_again(one);
  event.reason = what.reason;
  event.message = parked_message(what.message);
  event.attempts += one.attempts;
  event.parked_at = cafes::now();
  const auto& same = lanes_.at(one.key).events;
  const std::vector<position> waiting(same.upper_bound(at), same.end());
  const auto fresh = static_cast<std::size_t>(
    std::count_if(waiting.begin(), waiting.end(), [this](const auto& each) {
      return !entries_.at(each).before;
    }));
  auto why = must_pause(fresh + (one.before ? 0U : 1U), event);
  if (why && !one.before) {
    one.attempts = 0;
    one.due = time_point::min();
    offer(one.key);
    return why;
  }
  remove(at);
  park(std::move(event));
  for (const auto& each : waiting)
    if (!why || entries_.at(each).before)
      park_behind(each);
  return why;
}

reaction_window::reason
reaction_window::must_pause(std::size_t more, const parked_event& first) const {
  if (more == 0)
    return {};
  const auto about = "position " + std::to_string(first.at.value()) + " ("
                     + first.key + "): " + first.message;
  if (rules_.strict)
    return "strict, and cannot react to " + about;
  if (parked() + more > rules_.parked_max)
    return "more than " + std::to_string(rules_.parked_max)
           + " events would be parked, with " + about;
  return {};
}

void reaction_window::park(parked_event event) {
  parked_.add(event);
  to_park_.insert_or_assign(event.at, std::move(event));
}

void reaction_window::park_behind(position at) {
  park(parked_again(remove(at)));
}

/// A pause may have come before all could be parked that wait behind a parked
/// event.
reaction_window::reason reaction_window::resume() {
  std::vector<position> waiting;
  for (const auto& [at, one] : entries_)
    if (parked_.holds_key(one.key, at))
      waiting.push_back(at);
  if (waiting.empty())
    return {};
  const auto& first = entries_.at(waiting.front());
  if (auto why = must_pause(waiting.size(),
                            behind(waiting.front(), first.key, false)))
    return why;
  for (const auto& at : waiting)
    park_behind(at);
  return {};
}

// -- what people wish ---------------------------------------------------------

void reaction_window::try_again(const std::vector<again>& waiting,
                                parked_wish wish) {
  for (const auto& each : waiting) {
    parked_.remove(each.was.at);
    to_park_.erase(each.was.at);
  }
  for (const auto& [was, event, read] : waiting) {
    const bool is_stored = was.at <= cursor_;
    const bool is_dropped = wish == parked_wish::drop
                            && was.reason != parking_reason::behind;
    if (is_dropped || (!read.key && !read.failed)) {
      if (is_stored)
        to_release_.push_back(was.at);
    } else if (auto aside = held_back(*event, read)) {
      aside->attempts += was.attempts;
      park(*std::move(aside));
    } else {
      insert({event, *read.key, 0, is_stored ? 1 : rules_.attempts_max,
              time_point::min(),
              is_stored ? std::optional{was} : std::nullopt});
    }
  }
}

// -- the cursor ---------------------------------------------------------------

std::optional<reaction_window::advance> reaction_window::to_store() const {
  const auto hole = entries_.upper_bound(cursor_);
  advance moved{cursor_,
                hole == entries_.end() ? end_
                                       : position{hole->first.value() - 1},
                {},
                to_release_};
  for (const auto& [at, event] : to_park_)
    if (at <= moved.to)
      moved.parked.push_back(event);
  if (moved.to == moved.from && moved.parked.empty() && moved.released.empty())
    return {};
  return moved;
}

void reaction_window::stored(const advance& moved) {
  CAFES_ASSERT(moved.from == cursor_);
  cursor_ = moved.to;
  while (!of_interest_.empty() && of_interest_.front() <= cursor_)
    of_interest_.pop_front();
  for (const auto& event : moved.parked)
    to_park_.erase(event.at);
  to_release_.clear();
}

std::optional<timestamp> reaction_window::waiting_since() const {
  const auto first = entries_.upper_bound(cursor_);
  if (first == entries_.end())
    return {};
  return first->second.event->recorded_at;
}

} // namespace cafes::actors
