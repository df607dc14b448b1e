// SPDX-License-Identifier: MIT
#pragma once

#include "bench/run_plan.hpp"

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace cafes::bench {

/// What was spent so far; a difference of two is what a round cost.
struct usage {
  seconds own_cpu{0};
  /// Of programs that we started and that have ended.
  seconds children_cpu{0};
  seconds server_cpu{0};
  std::uint64_t allocations = 0;
  /// How often one of our threads went to sleep.
  std::uint64_t sleeps = 0;

  /// The server is a process and its children; 0 is none.
  static usage now(pid_t server = 0);

  usage operator-(const usage& before) const;
  usage& operator+=(const usage& other);
};

/// CPU of us and of the server, allocations and sleeps for one command.
[[nodiscard]] std::string per_command(const usage& spent,
                                      std::uint64_t commands);

/// The server behind a conninfo, on this machine. Throws.
[[nodiscard]] pid_t server_of(const std::string& conninfo);

/// Bytes of this process in memory.
[[nodiscard]] std::size_t resident_bytes();

} // namespace cafes::bench
