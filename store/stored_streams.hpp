// SPDX-License-Identifier: MIT
#pragma once

#include "store/append.hpp"

#include <cstddef>
#include <vector>

namespace cafes::store {

/// Which stream numbers have a stream in the log: a bit for each number given
/// out since the log was taken, so that events of a stream whose first append
/// was not stored are never written on their sender's word.
/// Thread: one at a time.
class stored_streams {
public:
  /// All numbers up to here may be in use.
  void begin_after(stream_id last) {
    before_ = last;
    since_.clear();
  }

  void add(stream_id stored) {
    if (stored <= before_)
      return;
    const auto bit = bit_of(stored);
    if (bit >= since_.size())
      since_.resize(bit + 1);
    since_[bit] = true;
  }

  [[nodiscard]] bool holds(stream_id id) const {
    if (id <= before_)
      return true;
    const auto bit = bit_of(id);
    return bit < since_.size() && since_[bit];
  }

private:
  [[nodiscard]] std::size_t bit_of(stream_id id) const {
    return static_cast<std::size_t>(id.value() - before_.value() - 1);
  }

  stream_id before_;
  std::vector<bool> since_;
};

} // namespace cafes::store
