// SPDX-License-Identifier: MIT
#pragma once

#include "store/append.hpp"

#include <atomic>
#include <cstdint>

namespace cafes::store {

/// Gives out the numbers of a log's new streams, so that a sender can name its
/// stream's number in the first append and in all that follow it at once. A
/// number that is drawn and not used stays unused: numbers need not be dense.
/// Limits: 2^63 - 1 streams. Thread: any.
class stream_numbers {
public:
  /// A number that no stream has. Only while the log is owned.
  [[nodiscard]] stream_id next() { return stream_id{++last_}; }

  /// No number up to this one is given out from here on; never moves back.
  void raise_to(stream_id given) {
    auto last = last_.load();
    while (last < given.value()
           && !last_.compare_exchange_weak(last, given.value()))
      continue;
  }

private:
  std::atomic<std::int64_t> last_ = 0;
};

} // namespace cafes::store
