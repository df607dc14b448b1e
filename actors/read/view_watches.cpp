// SPDX-License-Identifier: MIT
#include "actors/read/view_watches.hpp"

#include "actors/journal.hpp"

#include <chrono>
#include <exception>
#include <optional>
#include <utility>

namespace cafes::actors {

namespace {

/// Between two looks at the views.
constexpr std::chrono::milliseconds shortest_pause{20};
/// The net below the signal.
constexpr std::chrono::seconds longest_pause{1};

} // namespace

struct view_watches::watch {
  std::string projection;
  cafes::view_query asked;
  told then;

  /// Held while it is looked at and told.
  std::mutex mutex;
  bool has_ended = false;
  /// The view's revision at the last look, if it was answered.
  std::optional<std::uint64_t> looked_at;
  bool is_told = false;
  bool has_failed = false;
  std::map<std::string, std::string> answer;

  [[nodiscard]] view_change<std::string>
  change_to(store::view_reader::page page);
};

view_change<std::string>
view_watches::watch::change_to(store::view_reader::page page) {
  view_change<std::string> change;
  change.checkpoint = page.checkpoint;
  auto before = std::exchange(answer, {});
  for (auto& [key, data] : page.documents) {
    const auto known = before.find(key);
    if (known == before.end() || known->second != data)
      change.put.push_back({key, data});
    if (known != before.end())
      before.erase(known);
    answer.emplace(std::move(key), std::move(data));
  }
  for (auto& [key, data] : before)
    change.gone.push_back(key);
  return change;
}

view_watches::view_watches(view_query& views,
                           std::shared_ptr<change_signal> moved,
                           std::size_t watches_max)
  : views_{views}, moved_{std::move(moved)}, watches_max_{watches_max} {}

view_watches::~view_watches() {
  stop();
}

expected<std::uint64_t> view_watches::add(std::string_view projection,
                                          const cafes::view_query& asked,
                                          told then) {
  if (auto sense = views_.check(projection, asked); !sense)
    return failure_of(sense);
  auto added = std::make_shared<watch>();
  added->projection = projection;
  added->asked = asked;
  added->then = std::move(then);
  std::uint64_t number = 0;
  {
    const std::lock_guard lock{mutex_};
    if (is_stopped_)
      return failure(errc::shutting_down, "the runtime is being stopped");
    if (watches_.size() >= watches_max_)
      return failure(errc::overloaded, "there are "
                                         + std::to_string(watches_.size())
                                         + " watches, the most");
    if (!thread_.joinable()) {
      thread_ = std::jthread{
        [this](const std::stop_token& stopped) { run(stopped); }};
      thread_id_ = thread_.get_id();
    }
    number = ++count_;
    watches_.emplace(number, std::move(added));
  }
  moved_->raise();
  return number;
}

void view_watches::remove(std::uint64_t number) {
  std::shared_ptr<watch> removed;
  bool is_own_thread = false;
  {
    const std::lock_guard lock{mutex_};
    const auto found = watches_.find(number);
    if (found == watches_.end())
      return;
    removed = std::move(found->second);
    watches_.erase(found);
    is_own_thread = thread_id_ == std::this_thread::get_id();
  }
  if (is_own_thread) { // within what is told: the mutex is held already
    removed->has_ended = true;
    return;
  }
  const std::lock_guard looked_at{removed->mutex};
  removed->has_ended = true;
}

/// Watches stay until the thread has ended: who ends one meanwhile waits for
/// what is being told. What they hold may end watches itself, so it goes last
/// and without the lock.
void view_watches::stop() {
  std::jthread ended;
  {
    const std::lock_guard lock{mutex_};
    is_stopped_ = true;
    ended = std::move(thread_);
  }
  if (ended.joinable()) {
    ended.request_stop();
    moved_->raise();
    ended.join();
  }
  std::map<std::uint64_t, std::shared_ptr<watch>> left;
  {
    const std::lock_guard lock{mutex_};
    left.swap(watches_);
  }
}

void view_watches::run(const std::stop_token& stopped) {
  while (!stopped.stop_requested()) {
    const auto seen = moved_->raised();
    for (const auto& each : all()) {
      const std::lock_guard looked_at{each->mutex};
      if (!each->has_ended && !stopped.stop_requested())
        look(*each);
    }
    moved_->wait_beyond(seen, longest_pause);
    if (!stopped.stop_requested()) {
      std::mutex mutex;
      std::unique_lock lock{mutex};
      std::condition_variable_any{}.wait_for(lock, stopped, shortest_pause,
                                             [] { return false; });
    }
  }
}

std::vector<std::shared_ptr<view_watches::watch>> view_watches::all() const {
  const std::lock_guard lock{mutex_};
  std::vector<std::shared_ptr<watch>> found;
  found.reserve(watches_.size());
  for (const auto& [number, each] : watches_)
    found.push_back(each);
  return found;
}

/// The revision is read before the answer: what comes in between is looked at
/// again.
void view_watches::look(watch& at) {
  const auto revision = views_.revision(at.projection);
  if (!revision || at.looked_at == revision)
    return;
  auto page = views_.query(at.projection, at.asked,
                           {position{}, std::chrono::milliseconds{0}});
  if (!page) {
    at.looked_at.reset();
    if (!std::exchange(at.has_failed, true))
      tell(at, unexpected<error>{page.error()});
    return;
  }
  at.looked_at = revision;
  at.has_failed = false;
  auto change = at.change_to(*std::move(page));
  if (!std::exchange(at.is_told, true) || !change.put.empty()
      || !change.gone.empty())
    tell(at, std::move(change));
}

void view_watches::tell(watch& at, expected<view_change<std::string>> change) {
  try {
    at.then(std::move(change));
  } catch (const std::exception& thrown) {
    journal().error("a watch of {} threw: {}", at.projection, thrown.what());
  } catch (...) {
    journal().error("a watch of {} threw", at.projection);
  }
}

} // namespace cafes::actors
