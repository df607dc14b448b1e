// SPDX-License-Identifier: MIT
#include "bench/latency_histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace cafes::bench {

void latency_histogram::record(std::chrono::nanoseconds took) {
  const auto count = static_cast<std::uint64_t>(
    std::max<std::chrono::nanoseconds::rep>(took.count(), 0));
  counts_[bucket_of(count)].fetch_add(1, std::memory_order_relaxed);
}

std::chrono::nanoseconds latency_histogram::at(double part) const {
  const auto all = count();
  if (all == 0)
    return {};
  const auto wanted = std::max<std::uint64_t>(
    1, static_cast<std::uint64_t>(std::ceil(part * static_cast<double>(all))));
  std::uint64_t seen = 0;
  std::size_t bucket = 0;
  for (; bucket + 1 < buckets; ++bucket) {
    seen += counts_[bucket].load(std::memory_order_relaxed);
    if (seen >= wanted)
      break;
  }
  return std::chrono::nanoseconds{end_of(bucket)};
}

std::uint64_t latency_histogram::count() const {
  std::uint64_t all = 0;
  for (const auto& one : counts_)
    all += one.load(std::memory_order_relaxed);
  return all;
}

void latency_histogram::add(const latency_histogram& other) {
  for (std::size_t at = 0; at < buckets; ++at)
    counts_[at].fetch_add(other.counts_[at].load(std::memory_order_relaxed),
                          std::memory_order_relaxed);
}

// Values below `steps` have a bucket each; above, an octave has `steps`.
std::size_t latency_histogram::bucket_of(std::uint64_t nanoseconds) {
  if (nanoseconds < steps)
    return static_cast<std::size_t>(nanoseconds);
  const auto octave = static_cast<std::size_t>(std::bit_width(nanoseconds))
                      - steps_bits - 1;
  return std::min(octave * steps
                    + static_cast<std::size_t>(nanoseconds >> octave),
                  buckets - 1);
}

std::uint64_t latency_histogram::end_of(std::size_t bucket) {
  if (bucket < 2 * steps)
    return bucket;
  const auto octave = bucket / steps - 1;
  const std::uint64_t step = bucket - octave * steps;
  return ((step + 1) << octave) - 1;
}

} // namespace cafes::bench
