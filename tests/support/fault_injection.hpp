// SPDX-License-Identifier: MIT
#pragma once

#include "actors/fault_injection.hpp"

#include <cstdint>

// What the actors ask where they are compiled with CAFES_FAULT_INJECTION: the
// target cafes_actors_under_fault.
//
// CAFES_FAULT_POINT=before_commit:3 ends the process with SIGKILL when it
// passes that point the third time, CAFES_STOP_POINT=… stops it there with
// SIGSTOP. CAFES_PLANTED_BUG=ungated_refusal plants a bug from the start.

namespace cafes::test {

/// Plants a bug in this process, or takes it out again (none). Thread: any.
void plant(actors::planted_bug which);

/// What became of the hints since lose_hints.
struct hint_count {
  std::int64_t sent = 0;
  std::int64_t lost = 0;
};

/// Loses so many of 100 hints from here on, chosen by the seed. Thread: any.
void lose_hints(int percent, std::uint64_t seed = 0);

[[nodiscard]] hint_count hints_so_far();

} // namespace cafes::test
