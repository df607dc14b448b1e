// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstdint>
#include <ostream>

namespace cafes {

/// A count that only compares with its own kind: no implicit conversion in
/// either direction, so a version never passes for a position.
template <class Kind>
class ordinal {
public:
  constexpr ordinal() = default;

  constexpr explicit ordinal(std::int64_t value) : value_{value} {}

  [[nodiscard]] constexpr std::int64_t value() const { return value_; }

  [[nodiscard]] constexpr ordinal next() const { return ordinal{value_ + 1}; }

  [[nodiscard]] constexpr ordinal plus(std::int64_t count) const {
    return ordinal{value_ + count};
  }

  constexpr auto operator<=>(const ordinal&) const = default;

  friend std::ostream& operator<<(std::ostream& out, ordinal shown) {
    return out << shown.value_;
  }

private:
  std::int64_t value_ = 0;
};

/// Place of an event in its stream: 1 is the first event, 0 is no event.
using version = ordinal<struct version_kind>;

/// Place of an event in its log: dense, 1 is the first event, 0 is none.
using position = ordinal<struct position_kind>;

/// How often a log has been taken over; 0 before the first owner.
using epoch = ordinal<struct epoch_kind>;

} // namespace cafes
