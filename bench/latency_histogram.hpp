// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace cafes::bench {

/// Counts durations in buckets that are at most 1/64 wide of what they hold,
/// from nanoseconds to centuries, as HdrHistogram does. Thread: any.
class latency_histogram {
public:
  void record(std::chrono::nanoseconds took);

  /// The duration below which this part of all lies, 0 to 1, as the upper end
  /// of its bucket; zero when nothing was recorded.
  [[nodiscard]] std::chrono::nanoseconds at(double part) const;

  [[nodiscard]] std::uint64_t count() const;

  /// What the other has counted too.
  void add(const latency_histogram& other);

private:
  static constexpr std::size_t steps_bits = 6;
  static constexpr std::size_t steps = std::size_t{1} << steps_bits;
  static constexpr std::size_t buckets = (64 - steps_bits) * steps;

  [[nodiscard]] static std::size_t bucket_of(std::uint64_t nanoseconds);
  [[nodiscard]] static std::uint64_t end_of(std::size_t bucket);

  std::array<std::atomic<std::uint64_t>, buckets> counts_{};
};

} // namespace cafes::bench
