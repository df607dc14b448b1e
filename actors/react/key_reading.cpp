// SPDX-License-Identifier: MIT
#include "actors/react/key_reading.hpp"

#include <cafes/detail/guarded.hpp>

#include <algorithm>
#include <atomic>
#include <functional>
#include <map>
#include <utility>

namespace cafes::actors {

namespace {

using read_event = key_reading::read_event;

/// All that the user's functions use: it must live on when their thread does.
struct job {
  std::shared_ptr<detail::reactor_handlers> handlers;
  key_reading::events given;
  /// Not to be read again, by place.
  std::map<std::size_t, read_event> failed;
  std::vector<read_event> read;
  std::atomic<const recorded_event*> at{nullptr};

  void run() {
    for (std::size_t place = 0; place < given.all.size(); ++place) {
      const auto known = failed.find(place);
      if (known != failed.end()) {
        read.push_back(known->second);
        continue;
      }
      at = given.all[place];
      read.push_back(handlers->read(*given.all[place]));
    }
  }

  [[nodiscard]] std::size_t place() const {
    const auto found = std::find(given.all.begin(), given.all.end(), at.load());
    // Before the first, it cannot have been the fault of another.
    return found == given.all.end()
             ? 0
             : static_cast<std::size_t>(found - given.all.begin());
  }
};

std::string too_long(std::chrono::milliseconds limit) {
  return "it took longer than " + std::to_string(limit.count()) + " ms";
}

} // namespace

std::vector<read_event>
key_reading::read(const std::shared_ptr<detail::reactor_handlers>& handlers,
                  events given, std::size_t lost_max) {
  std::map<std::size_t, read_event> failed;
  for (;;) {
    const auto work = std::make_shared<job>();
    work->handlers = handlers;
    work->given = given;
    work->failed = failed;
    const auto ended = thread_.run([work] { work->run(); }, time_max_,
                                   [&] { return work->at.load(); });
    if (ended == limited_thread::ended::done)
      return std::move(work->read);
    // Once it is late, the job is not ours any more, but for `at`.
    const bool is_late = ended == limited_thread::ended::late;
    const auto place = work->place();
    failed[place].failed = detail::reaction_failure{
      parking_reason::handler,
      is_late ? too_long(time_max_)
              : "it ended with an exception, as where there is no memory",
      is_late};
    if (lost() > lost_max)
      given.all.resize(place);
  }
}

expected<std::shared_ptr<detail::reactor_handlers>>
key_reading::open(const detail::reactor_type& type) {
  using opened = expected<std::shared_ptr<detail::reactor_handlers>>;
  struct opening {
    std::function<opened()> open;
    opened got;
  };
  const auto work = std::make_shared<opening>();
  work->open = type.open;
  const auto ended = thread_.run(
    [work] {
      if (auto thrown = detail::guarded([&] { work->got = work->open(); }))
        work->got = failure(errc::unavailable, *std::move(thrown));
    },
    time_max_, [] { return nullptr; });
  if (ended == limited_thread::ended::done)
    return std::move(work->got);
  return failure(errc::unavailable,
                 type.name + " was not opened: "
                   + (ended == limited_thread::ended::late
                        ? too_long(time_max_)
                        : std::string{"there is no memory"}));
}

} // namespace cafes::actors
