// SPDX-License-Identifier: MIT
#include "actors/read/view_builder.hpp"

#include "actors/fault_injection.hpp"
#include "actors/journal.hpp"
#include "actors/read/parked_message.hpp"
#include "actors/read/write_behind.hpp"

#include <cafes/detail/assert.hpp>
#include <cafes/limits.hpp>

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

namespace cafes::actors {

namespace {

/// A page of more events is folded anew for each failure only so often.
constexpr std::size_t failures_of_many_max = 3;
constexpr std::chrono::seconds handler_time_of_many_min{1};

std::size_t bytes_of(const event_span& events, const folded_page& folded) {
  std::size_t bytes = 0;
  for (const auto* event : events.events)
    bytes += event->data.size();
  for (const auto& document : folded.changed)
    bytes += document.data.size();
  return bytes;
}

/// A view in memory is its own cache.
std::size_t kept_beside_the_store(const projection_options& options) {
  return options.in_memory ? 0 : options.cache_bytes_max;
}

} // namespace

view_builder::view_builder(const detail::projection_type& type,
                           std::shared_ptr<store::log_store> store,
                           std::shared_ptr<memory_view> memory)
  : type_{type},
    store_{std::move(store)},
    memory_{std::move(memory)},
    cache_{kept_beside_the_store(type.options)} {}

view_builder::view_builder(const view_builder& live, store::target_build target)
  : type_{live.type_},
    store_{live.store_},
    memory_{live.memory_},
    view_{std::move(target.writer)},
    cache_{kept_beside_the_store(type_.options)},
    checkpoint_{target.checkpoint},
    number_{target.number} {
  if (checkpoint_ == position{})
    cache_.start_empty();
}

expected<std::optional<position>> view_builder::claim() {
  if (!view_)
    if (auto opened = open(); !opened)
      return failure_of(opened);
  auto claimed = view_->claim();
  if (!claimed || !*claimed)
    return claimed;
  checkpoint_ = **claimed;
  if (checkpoint_ == position{})
    cache_.start_empty();
  else
    cache_.clear();
  if (auto known = know_parked(); !known)
    return failure_of(known);
  return claimed;
}

expected<void> view_builder::open() {
  const auto view = store::view_of(type_);
  auto opened = store_->open_view_writer(view);
  if (!opened)
    return failure_of(opened);
  view_ = *std::move(opened);
  if (!type_.options.in_memory)
    return {};
  write_behind_limits limits;
  limits.bytes_max = type_.options.memory_bytes_max;
  view_ = std::make_unique<write_behind>(std::move(view_), view, memory_,
                                         limits);
  return {};
}

expected<std::unique_ptr<view_builder>> view_builder::open_target() {
  auto opened = view_->open_target();
  if (!opened)
    return failure_of(opened);
  if (!*opened)
    return std::unique_ptr<view_builder>{};
  std::unique_ptr<view_builder> target{
    new view_builder{*this, **std::move(opened)}};
  if (auto known = target->know_parked(); !known)
    return failure_of(known);
  return target;
}

expected<void> view_builder::stop_target(int number, const std::string& why) {
  return view_->stop_target(number, parked_message(why));
}

expected<void> view_builder::go_live() {
  fault_point("before_switch");
  auto live = view_->go_live(checkpoint_);
  if (live)
    fault_point("after_switch");
  return live;
}

expected<void> view_builder::know_parked() {
  auto known = std::make_shared<parked_keys>();
  for (position after;;) {
    auto some = view_->parked(after, limits::page_parked_max);
    if (!some)
      return failure_of(some);
    for (const auto& event : *some)
      known->add(event);
    if (some->size() < limits::page_parked_max)
      break;
    after = some->back().at;
  }
  parked_ = std::move(known);
  return {};
}

expected<void> view_builder::apply(const log_page& page) {
  fault_point("before_apply");
  if (page.events.front()->at != checkpoint_.next())
    return failure(errc::corrupt,
                   "the log goes from position "
                     + std::to_string(checkpoint_.value()) + " to "
                     + std::to_string(page.events.front()->at.value()));
  return apply(event_span{page.batches, page.events});
}

expected<void> view_builder::apply(const event_span& events) {
  if (paused_)
    return {};
  const bool is_large = events.events.size() > limits::page_events_max;
  auto folded = fold(events, parked_,
                     is_large ? std::min(may_park(), failures_of_many_max)
                              : may_park());
  if (!folded)
    return failure_of(folded);
  if (!folded->parked.empty())
    stride_.stumbled();
  if (is_large && (folded->is_given_up || folded->parked.size() > may_park()))
    return apply_page_by_page(events);
  if (auto why = reason_to_pause(folded->parked))
    return pause(*why);
  CAFES_ASSERT(!folded->is_given_up);
  auto stored = store_page(events, *folded);
  if (!stored && is_about_content(stored.error())) {
    stride_.stumbled();
    return apply_in_halves(events, *folded, stored.error());
  }
  if (stored && folded->parked.empty())
    stride_.committed(bytes_of(events, *folded));
  return stored;
}

/// Between the events, all their documents are decoded, and encoded at the end:
/// that must not look like a handler that hangs.
std::size_t view_builder::pages_at_once() const {
  return type_.options.handler_time_max < handler_time_of_many_min
           ? 1
           : stride_.pages();
}

/// Up to a pause, if there is one.
expected<void> view_builder::apply_page_by_page(const event_span& events) {
  for (std::span rest{events.events}; !rest.empty();) {
    const auto page
      = rest.first(std::min(rest.size(), limits::page_events_max));
    if (auto applied
        = apply(event_span{events.batches, {page.begin(), page.end()}});
        !applied)
      return applied;
    rest = rest.subspan(page.size());
  }
  return {};
}

expected<folded_page>
view_builder::fold(const event_span& events,
                   std::shared_ptr<const parked_keys> before,
                   std::size_t parked_max) {
  page_attempt attempt{type_, thread_,
                       [this](std::span<const std::string> keys) {
                         return cache_.load(keys, *view_);
                       },
                       std::move(before), parked_max};
  return attempt.run(events);
}

/// How many events more may be set aside.
std::size_t view_builder::may_park() const {
  if (type_.options.strict)
    return 0;
  const auto most = std::min(type_.options.parked_max, limits::page_parked_max);
  return most - std::min(most, parked_->size());
}

expected<void> view_builder::store_page(const event_span& events,
                                        const folded_page& folded) {
  const auto last = events.events.back()->at;
  return commit({checkpoint_, last, folded.changed, folded.parked, {}});
}

/// The store has refused something of a page and does not say of which event:
/// found by halving, so that the others are stored.
expected<void> view_builder::apply_in_halves(const event_span& events,
                                             const folded_page& folded,
                                             const error& why) {
  const auto count = events.events.size();
  if (count == 1) {
    const auto& event = *events.events.front();
    const bool is_stream = folded.changed.empty();
    folded_page refused;
    refused.parked.push_back(
      {event.at,
       is_stream ? to_string(event.stream) : folded.changed.front().key,
       is_stream, parking_reason::document, parked_message(why.message), 1,
       now(), parked_wish::none});
    if (auto stop = reason_to_pause(refused.parked))
      return pause(*stop);
    return store_page(events, refused);
  }
  const auto middle = events.events.begin()
                      + static_cast<std::ptrdiff_t>(count / 2);
  if (auto first
      = apply(event_span{events.batches, {events.events.begin(), middle}});
      !first)
    return first;
  return apply(event_span{events.batches, {middle, events.events.end()}});
}

std::optional<std::string>
view_builder::reason_to_pause(const std::vector<parked_event>& more) const {
  if (more.empty())
    return {};
  const auto& first = more.front();
  const auto about = "position " + std::to_string(first.at.value()) + " ("
                     + first.key + "): " + first.message;
  if (type_.options.strict)
    return "strict, and cannot apply " + about;
  if (thread_.left() > page_attempt::threads_left_max)
    return std::to_string(thread_.left())
           + " handlers have not come back; the first event not applied is "
             "at "
           + about;
  if (more.size() > may_park())
    return "more than "
           + std::to_string(
             std::min(type_.options.parked_max, limits::page_parked_max))
           + " events would be parked, with " + about;
  return {};
}

expected<void> view_builder::pause(const std::string& why) {
  journal().error("{}{}@{} paused: {}", type_.name,
                  number_ == 0 ? "" : " build " + std::to_string(number_),
                  checkpoint_.value(), why);
  if (auto written = view_->pause(parked_message(why)); !written)
    return written;
  paused_ = parked_message(why);
  return {};
}

expected<void> view_builder::commit(const store::view_commit& page) {
  if (is_planted(planted_bug::torn_view_commit))
    static_cast<void>(
      view_->commit({page.from, page.from, page.changed, {}, {}}));
  fault_point(page.parked.empty() ? "before_view_commit" : "before_park");
  if (auto written = view_->commit(page); !written) {
    cache_.clear(); // whatever became of it
    return written;
  }
  fault_point(page.parked.empty() ? "after_view_commit" : "after_park");
  checkpoint_ = page.to;
  for (const auto& document : page.changed)
    cache_.put(document);
  if (page.parked.empty() && page.released.empty())
    return {};
  auto parked = std::make_shared<parked_keys>(*parked_);
  for (const auto& at : page.released)
    parked->remove(at);
  for (const auto& event : page.parked) {
    parked->add(event);
    if (event.reason == parking_reason::behind)
      continue;
    last_fault_ = "parked position " + std::to_string(event.at.value()) + " ("
                  + event.key + "): " + event.message;
    journal().warn("{} {}", type_.name, last_fault_);
  }
  parked_ = std::move(parked);
  return {};
}

} // namespace cafes::actors
