// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string>
#include <string_view>

namespace cafes::test {

/// Random numbers of a test; prints its seed. CAFES_TEST_SEED repeats it.
class seeded_random {
public:
  explicit seeded_random(std::string_view what) : numbers_{seed()} {
    std::cout << what << ": CAFES_TEST_SEED=" << seed() << " repeats it"
              << std::endl;
  }

  [[nodiscard]] std::int64_t between(std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>{least, most}(numbers_);
  }

private:
  /// One for the whole process.
  static std::uint64_t seed() {
    static const std::uint64_t chosen = [] {
      const char* given = std::getenv("CAFES_TEST_SEED");
      return given == nullptr ? std::random_device{}() : std::stoull(given);
    }();
    return chosen;
  }

  std::mt19937_64 numbers_;
};

} // namespace cafes::test
