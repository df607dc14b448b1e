// SPDX-License-Identifier: MIT
#pragma once

#include "bench/run_plan.hpp"

#include <sys/types.h>

#include <string>

namespace cafes::bench {

/// Processor, cores, memory, kernel; the server's version and its settings
/// that matter. Throws when the server does not answer.
[[nodiscard]] std::string describe_machine();

/// What else ran while we measured: shared machines are noisy, and a figure
/// should say so. Thread: one at a time.
class other_load {
public:
  explicit other_load(pid_t server);

  /// "other programs used 3 % of the machine, the hypervisor 1 %" since the
  /// beginning.
  [[nodiscard]] std::string describe() const;

private:
  struct times {
    seconds all{0};
    seconds busy{0};
    seconds stolen{0};
    seconds ours{0};
  };

  [[nodiscard]] times now() const;

  pid_t server_;
  times begin_;
};

} // namespace cafes::bench
