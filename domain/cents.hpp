// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>

namespace bank {

/// An amount of money in whole cents. Sums that do not fit are nullopt, so
/// overflow becomes a refusal and never undefined behaviour.
class cents {
public:
  constexpr cents() = default;

  constexpr explicit cents(std::int64_t count) : count_{count} {}

  [[nodiscard]] constexpr std::int64_t count() const { return count_; }

  [[nodiscard]] constexpr bool is_positive() const { return count_ > 0; }

  [[nodiscard]] constexpr bool is_negative() const { return count_ < 0; }

  constexpr auto operator<=>(const cents&) const = default;

  // -- serialization: a plain number ------------------------------------------

  template <class Archive>
  std::int64_t save_minimal(const Archive&) const {
    return count_;
  }

  template <class Archive>
  void load_minimal(const Archive&, const std::int64_t& count) {
    count_ = count;
  }

private:
  std::int64_t count_ = 0;
};

[[nodiscard]] constexpr std::optional<cents> plus(cents left, cents right) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(left.count(), right.count(), &sum))
    return std::nullopt;
  return cents{sum};
}

[[nodiscard]] constexpr std::optional<cents> minus(cents left, cents right) {
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(left.count(), right.count(), &difference))
    return std::nullopt;
  return cents{difference};
}

} // namespace bank
