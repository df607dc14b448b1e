// SPDX-License-Identifier: MIT
#include "bench/allocations.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace cafes::bench {

namespace {

// Threads count in lanes of their own, or the counting would be what we
// measure.
struct alignas(64) lane {
  std::atomic<std::uint64_t> count{0};
};

constinit std::array<lane, 64> lanes;
constinit std::atomic<std::size_t> threads{0};
constinit thread_local lane* own = nullptr;

void count_one() {
  if (own == nullptr)
    own
      = &lanes[threads.fetch_add(1, std::memory_order_relaxed) % lanes.size()];
  own->count.fetch_add(1, std::memory_order_relaxed);
}

void* counted(std::size_t size) {
  count_one();
  if (void* const got = std::malloc(size == 0 ? 1 : size))
    return got;
  throw std::bad_alloc{};
}

void* counted(std::size_t size, std::align_val_t alignment) {
  count_one();
  const auto step = static_cast<std::size_t>(alignment);
  if (void* const got = std::aligned_alloc(step,
                                           (size + step - 1) / step * step))
    return got;
  throw std::bad_alloc{};
}

} // namespace

std::uint64_t allocations_so_far() {
  std::uint64_t all = 0;
  for (const auto& one : lanes)
    all += one.count.load(std::memory_order_relaxed);
  return all;
}

} // namespace cafes::bench

// The other forms of the standard library end in these.

void* operator new(std::size_t size) {
  return cafes::bench::counted(size);
}

void* operator new(std::size_t size, std::align_val_t alignment) {
  return cafes::bench::counted(size, alignment);
}

void operator delete(void* held) noexcept {
  std::free(held);
}

void operator delete(void* held, std::size_t) noexcept {
  std::free(held);
}

void operator delete(void* held, std::align_val_t) noexcept {
  std::free(held);
}

void operator delete(void* held, std::size_t, std::align_val_t) noexcept {
  std::free(held);
}
