// SPDX-License-Identifier: MIT
#pragma once

#include <cafes/uuid.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace cafes::bench {

/// SplitMix64: eight bytes of state, so that each of a thousand callers has
/// its own without pushing what is measured out of the cache.
/// Thread: one at a time.
class fast_random {
public:
  explicit fast_random(std::uint64_t seed) : state_{seed} {}

  std::uint64_t next() {
    auto mixed = state_ += 0x9e3779b97f4a7c15U;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31U);
  }

  /// 0 to count - 1.
  std::size_t below(std::size_t count) {
    return static_cast<std::size_t>(next() % count);
  }

  /// A version 4 id.
  uuid id() {
    uuid made;
    const std::uint64_t halves[] = {next(), next()};
    std::memcpy(made.bytes.data(), halves, made.bytes.size());
    made.bytes[6] = static_cast<std::uint8_t>((made.bytes[6] & 0x0fU) | 0x40U);
    made.bytes[8] = static_cast<std::uint8_t>((made.bytes[8] & 0x3fU) | 0x80U);
    return made;
  }

private:
  std::uint64_t state_;
};

} // namespace cafes::bench
