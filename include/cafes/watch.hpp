// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/position.hpp>
#include <cafes/view.hpp>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace cafes {

/// How the answer to a query has changed since it was told before. What
/// happened in between may come as one change; nothing is left out of it.
template <class Document>
struct view_change {
  /// New in the answer, or with another document than before; at first all.
  std::vector<keyed<Document>> put;
  /// In the answer before, and not any more.
  std::vector<std::string> gone;
  /// The position up to which the view was applied at that moment.
  position checkpoint;
};

/// A watch of a view; it ends with this object. Thread: one at a time.
class subscription {
public:
  subscription() = default;
  explicit subscription(std::function<void()> end) : end_{std::move(end)} {}
  subscription(subscription&& other) noexcept
    : end_{std::exchange(other.end_, {})} {}
  subscription& operator=(subscription&& other) noexcept {
    end();
    end_ = std::exchange(other.end_, {});
    return *this;
  }
  ~subscription() { end(); }

  /// Nothing is told after it has returned. Waits for what is being told, but
  /// not when it is called by that.
  void end() {
    if (const auto once = std::exchange(end_, {}))
      once();
  }

private:
  std::function<void()> end_;
};

} // namespace cafes
