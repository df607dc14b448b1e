// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <random>

namespace cafes::test {

/// All that is left to chance in one simulation, by its seed: the same on
/// every machine. Thread: one at a time.
class choices {
public:
  explicit choices(std::uint64_t seed) : numbers_{seed} {}

  [[nodiscard]] std::int64_t between(std::int64_t least, std::int64_t most) {
    const auto count = static_cast<std::uint64_t>(most - least) + 1;
    return least + static_cast<std::int64_t>(numbers_() % count);
  }

  /// An index into so many.
  [[nodiscard]] std::size_t index(std::size_t count) {
    return static_cast<std::size_t>(numbers_() % count);
  }

  /// True so many times in 10,000.
  [[nodiscard]] bool chance(int in_ten_thousand) {
    return between(0, 9'999) < in_ten_thousand;
  }

private:
  std::mt19937_64 numbers_;
};

} // namespace cafes::test
