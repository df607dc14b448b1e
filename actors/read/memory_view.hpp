// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_store.hpp"
#include "store/view_session.hpp"

#include <memory>
#include <mutex>
#include <utility>

namespace cafes::actors {

/// The documents of a view that is kept in memory, for those who query it in
/// this process: a store in memory, put here by the worker of the view and
/// taken away when it ends. Thread: any.
class memory_view {
public:
  /// What queries read from now on.
  void show(std::shared_ptr<store::log_store> documents) {
    const std::lock_guard lock{mutex_};
    documents_ = std::move(documents);
  }

  /// They are not here any more, unless others are shown by now.
  void withdraw(const std::shared_ptr<store::log_store>& documents) {
    const std::lock_guard lock{mutex_};
    if (documents_ == documents)
      documents_.reset();
  }

  /// A session that reads them as they are now; nullptr where they are not
  /// here.
  [[nodiscard]] std::unique_ptr<store::view_reader> open_reader() const {
    const auto documents = shown();
    if (!documents)
      return nullptr;
    auto opened = documents->open_view_reader();
    return opened ? *std::move(opened) : nullptr;
  }

private:
  [[nodiscard]] std::shared_ptr<store::log_store> shown() const {
    const std::lock_guard lock{mutex_};
    return documents_;
  }

  mutable std::mutex mutex_;
  std::shared_ptr<store::log_store> documents_;
};

} // namespace cafes::actors
