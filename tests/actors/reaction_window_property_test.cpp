// SPDX-License-Identifier: MIT
#include "actors/react/reaction_window.hpp"

#include <rapidcheck/boost_test.h>

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

// Whatever ends in whatever order, each key sees its events in order, and the
// cursor is never ahead of what is finished.

namespace cafes::test {

BOOST_AUTO_TEST_SUITE(reaction_window_property)

namespace {

using namespace std::chrono_literals;
using tested = actors::reaction_window;

constexpr int attempts_max = 2;

/// A window, driven at random, and what must be true of it.
class driven {
public:
  driven() : all_{rules(), position{0}, {}} {}

  void step() {
    switch (*rc::gen::inRange(0, 6)) {
      case 0:
        return add();
      case 1:
        return start();
      case 2:
        return end(true);
      case 3:
        return end(false);
      case 4:
        return store();
      default:
        return wish();
    }
  }

  /// Nothing fails any more: all that can be finished is.
  void finish() {
    for (;;) {
      now_ += 1h;
      start();
      if (under_way_.empty())
        break;
      end(true);
    }
    store();
    RC_ASSERT(all_.cursor() == all_.end());
    RC_ASSERT(all_.parked() == stored_.size());
    // Of each event: reacted to, dropped, or parked.
    for (const auto& [at, key] : events_)
      RC_ASSERT(
        done_.contains(at) + dropped_.contains(at) + stored_.contains(at) == 1);
  }

private:
  static tested::rules rules() {
    tested::rules rules;
    rules.events_max = 8;
    rules.attempts_max = attempts_max;
    rules.parked_max = 100'000;
    rules.pauses = {1s, 2s};
    return rules;
  }

  static recorded_event event_at(position at) {
    recorded_event event;
    event.at = at;
    event.stream = {"tally", "1"};
    return event;
  }

  void add() {
    if (all_.room() == 0)
      return;
    const auto at = all_.end().next();
    if (*rc::gen::inRange(0, 5) == 0) {
      RC_ASSERT(!all_.add(event_at(at), {}));
      return;
    }
    const auto key = std::string(1, *rc::gen::inRange('a', 'd'));
    events_.emplace(at, key);
    RC_ASSERT(!all_.add(event_at(at), {key, {}}));
  }

  void start() {
    now_ += 1s * *rc::gen::inRange(0, 3);
    while (const auto order = all_.next(now_)) {
      const auto at = order->event->at;
      // One of a key at a time, and none that has been finished.
      RC_ASSERT(!done_.contains(at));
      RC_ASSERT(busy_.insert(events_.at(at)).second);
      // What is before it of its key is finished, unless it was parked when it
      // was its turn, or dropped: then those behind it wait.
      for (const auto& [before, key] : events_)
        if (before < at && key == events_.at(at))
          RC_ASSERT(done_.contains(before) || dropped_.contains(before));
      under_way_.push_back(at);
    }
    RC_ASSERT(all_.under_way() == under_way_.size());
  }

  void end(bool is_done) {
    if (under_way_.empty())
      return;
    const auto which = *rc::gen::inRange<std::size_t>(0, under_way_.size());
    const auto at = under_way_[which];
    under_way_.erase(under_way_.begin() + static_cast<std::ptrdiff_t>(which));
    busy_.erase(events_.at(at));
    if (is_done) {
      all_.done(at);
      RC_ASSERT(done_.insert(at).second);
      return;
    }
    const bool is_final = *rc::gen::inRange(0, 4) == 0;
    RC_ASSERT(
      !all_.failed(at, {parking_reason::handler, "no", is_final}, now_, 7));
  }

  /// As a store does it.
  void store() {
    const auto moved = all_.to_store();
    if (!moved)
      return;
    RC_ASSERT(moved->from == cursor_);
    RC_ASSERT(moved->to >= moved->from);
    for (const auto& at : moved->released)
      RC_ASSERT(stored_.erase(at) == 1U);
    for (const auto& event : moved->parked)
      stored_.insert_or_assign(event.at, event);
    for (const auto& [at, key] : events_)
      if (at <= moved->to)
        RC_ASSERT(done_.contains(at) || dropped_.contains(at)
                  || stored_.contains(at));
    for (const auto& event : moved->parked)
      RC_ASSERT(event.at <= moved->to);
    cursor_ = moved->to;
    all_.stored(*moved);
    RC_ASSERT(all_.cursor() == cursor_);
  }

  /// As the reactor does it, when the store has been told all.
  void wish() {
    store();
    if (stored_.empty())
      return;
    const auto key = stored_.begin()->second.key;
    const bool is_drop = *rc::gen::arbitrary<bool>();
    std::vector<tested::again> again;
    for (const auto& was : all_.parked_of(key, false)) {
      again.push_back({was,
                       std::make_shared<const recorded_event>(event_at(was.at)),
                       {key, {}}});
      if (is_drop && was.reason != parking_reason::behind)
        dropped_.insert(was.at);
    }
    all_.try_again(again, is_drop ? parked_wish::drop : parked_wish::retry);
  }

  tested all_;
  tested::time_point now_{1h};
  std::map<position, std::string> events_;
  std::vector<position> under_way_;
  std::set<std::string> busy_;
  std::set<position> done_;
  std::set<position> dropped_;
  position cursor_;
  std::map<position, parked_event> stored_;
};

} // namespace

RC_BOOST_PROP(keys_stay_in_order_and_the_cursor_behind_what_is_finished, ()) {
  driven window;
  const auto steps = *rc::gen::inRange(0, 200);
  for (int step = 0; step < steps; ++step)
    window.step();
  window.finish();
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace cafes::test
