// SPDX-License-Identifier: MIT
#pragma once

#include "actors/change_signal.hpp"
#include "actors/read/view_query.hpp"

#include <cafes/query.hpp>
#include <cafes/watch.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace cafes::actors {

/// Tells those who watch views what has changed: asks again whenever a view
/// has moved, not more often than fifty times a second, and compares. So it
/// works wherever a view is made, and keeps no more than the last answers. One
/// thread for all watches, from the first one on. Thread: any.
class view_watches {
public:
  using told = std::function<void(expected<view_change<std::string>>)>;

  /// `moved` is raised when a view has.
  view_watches(view_query& views, std::shared_ptr<change_signal> moved,
               std::size_t watches_max);
  ~view_watches();

  /// Errors: overloaded (too many watches), shutting_down, and those of a
  /// query that makes no sense.
  [[nodiscard]] expected<std::uint64_t>
  add(std::string_view projection, const cafes::view_query& asked, told then);

  /// As subscription::end.
  void remove(std::uint64_t number);

  /// As for all of them; none can be added any more.
  void stop();

private:
  struct watch;

  void run(const std::stop_token& stopped);
  void look(watch& at);
  static void tell(watch& at, expected<view_change<std::string>> change);
  [[nodiscard]] std::vector<std::shared_ptr<watch>> all() const;

  view_query& views_;
  std::shared_ptr<change_signal> moved_;
  std::size_t watches_max_;

  mutable std::mutex mutex_;
  std::map<std::uint64_t, std::shared_ptr<watch>> watches_;
  std::uint64_t count_ = 0;
  bool is_stopped_ = false;
  std::jthread thread_;
  /// Known also while the thread ends.
  std::thread::id thread_id_;
};

} // namespace cafes::actors
