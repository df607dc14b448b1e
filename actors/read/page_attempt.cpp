// SPDX-License-Identifier: MIT
#include "actors/read/page_attempt.hpp"

#include "actors/read/parked_message.hpp"

#include <cafes/timestamp.hpp>

#include <atomic>
#include <utility>

namespace cafes::actors {

/// All that the user's functions use: it must live on when their thread does.
struct page_attempt::job {
  event_span page;
  std::unique_ptr<detail::page_fold> fold;
  std::shared_ptr<const parked_keys> blocked;
  std::map<position, parked_event> failed;
  std::vector<detail::keyed_document> stored;
  /// The event that the user's functions work on.
  std::atomic<const recorded_event*> at{nullptr};
  /// Of the events that are folded; complete once all are read.
  std::vector<std::pair<const recorded_event*, std::string>> keys;

  // -- what it comes to -------------------------------------------------------

  std::optional<detail::fold_failure> failure;
  std::vector<parked_event> behind;

  void read();
  void apply();
  [[nodiscard]] std::string key_of(const recorded_event* event) const;

private:
  void park_behind(const recorded_event& event, std::string key,
                   bool is_stream);
};

void page_attempt::job::read() {
  for (const auto* event : page.events) {
    if (failed.contains(event->at))
      continue;
    at = event;
    auto read = fold->read(*event);
    if (!read.key && !read.failed)
      continue;
    if (blocked->holds_stream(event->stream, event->at)) {
      park_behind(*event, to_string(event->stream), true);
    } else if (read.failed) {
      failure = std::move(read.failed);
      return;
    } else if (blocked->holds_key(*read.key, event->at)) {
      park_behind(*event, *std::move(read.key), false);
    } else {
      fold->take();
      keys.emplace_back(event, *std::move(read.key));
    }
  }
}

void page_attempt::job::park_behind(const recorded_event& event,
                                    std::string key, bool is_stream) {
  behind.push_back({event.at,
                    std::move(key),
                    is_stream,
                    parking_reason::behind,
                    {},
                    0,
                    now(),
                    parked_wish::none});
}

std::string page_attempt::job::key_of(const recorded_event* event) const {
  for (const auto& [taken, key] : keys)
    if (taken == event)
      return key;
  return {};
}

void page_attempt::job::apply() {
  for (const auto& document : stored)
    if (auto failed_to_load = fold->load(document)) {
      failure = std::move(failed_to_load);
      return;
    }
  failure = fold->fold(at);
}

page_attempt::page_attempt(const detail::projection_type& type,
                           limited_thread& thread, load_documents load,
                           std::shared_ptr<const parked_keys> before,
                           std::size_t failed_max)
  : type_{type},
    thread_{thread},
    load_{std::move(load)},
    blocked_{std::move(before)},
    failed_max_{failed_max} {}

expected<folded_page> page_attempt::run(const event_span& page) {
  for (;;) {
    const auto work = std::make_shared<job>();
    work->page = page;
    work->fold = type_.start_page();
    work->blocked = blocked_;
    work->failed = failed_;
    work->at = page.events.empty() ? nullptr : page.events.front();
    auto failure = fold(work);
    if (!failure)
      return failure_of(failure);
    if (*failure) {
      // Maybe it was a whim: of memory, say.
      if (!(*failure)->is_final && tried_.insert((*failure)->event->at).second)
        continue;
      set_aside(**failure);
      if (must_give_up())
        return folded_page{{}, failed_events(), true};
      continue;
    }
    folded_page folded{work->fold->changed(), failed_events()};
    for (auto& event : work->behind)
      folded.parked.push_back(std::move(event));
    return folded;
  }
}

bool page_attempt::must_give_up() const {
  return failed_.size() > failed_max_ || thread_.left() > threads_left_max;
}

/// Where a document came out too big, its last event was set aside, and then
/// the one before: only the first of these was at fault.
std::vector<parked_event> page_attempt::failed_events() const {
  std::vector<parked_event> at_fault;
  std::vector<parked_event> behind;
  std::set<std::pair<std::string, bool>> keys;
  for (auto [at, event] : failed_) {
    if (keys.emplace(event.key, event.is_stream).second) {
      at_fault.push_back(std::move(event));
      continue;
    }
    event.reason = parking_reason::behind;
    event.message.clear();
    event.attempts = 0;
    behind.push_back(std::move(event));
  }
  at_fault.insert(at_fault.end(), behind.begin(), behind.end());
  return at_fault;
}

expected<std::optional<detail::fold_failure>>
page_attempt::fold(const std::shared_ptr<job>& work) {
  if (auto failed = limited(work, false, [work] { work->read(); }))
    return failed;
  auto stored = load_(work->fold->keys());
  if (!stored)
    return failure_of(stored);
  work->stored = *std::move(stored);
  return limited(work, true, [work] { work->apply(); });
}

/// Once it is late, the job is not ours any more, but for `at`, and for what
/// an earlier step has left.
std::optional<detail::fold_failure>
page_attempt::limited(const std::shared_ptr<job>& work, bool has_read,
                      std::function<void()> step) {
  const auto limit = type_.options.handler_time_max;
  const auto ended = thread_.run(std::move(step), limit,
                                 [&] { return work->at.load(); });
  if (ended == limited_thread::ended::done)
    return std::move(work->failure);
  detail::fold_failure failed;
  failed.event = work->at;
  if (has_read)
    failed.key = work->key_of(failed.event);
  failed.message = ended == limited_thread::ended::late
                     ? "it took longer than " + std::to_string(limit.count())
                         + " ms"
                     : "it ended with an exception, as where there is no "
                       "memory";
  if (ended == limited_thread::ended::late)
    failed.is_final = true; // its thread is lost
  return failed;
}

void page_attempt::set_aside(const detail::fold_failure& failed) {
  const auto& event = *failed.event;
  const bool is_stream = failed.key.empty();
  parked_event parked{event.at,
                      is_stream ? to_string(event.stream) : failed.key,
                      is_stream,
                      failed.reason,
                      parked_message(failed.message),
                      failed.is_final ? 1 : 2,
                      now(),
                      parked_wish::none};
  auto more = std::make_shared<parked_keys>(*blocked_);
  more->add(parked);
  blocked_ = std::move(more);
  failed_.emplace(event.at, std::move(parked));
}

} // namespace cafes::actors
