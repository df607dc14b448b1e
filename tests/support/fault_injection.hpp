// SPDX-License-Identifier: MIT
#pragma once

#include "actors/fault_injection.hpp"

// What the actors ask where they are compiled with CAFES_FAULT_INJECTION: the
// target cafes_actors_under_fault.
//
// CAFES_FAULT_POINT=before_commit:3 ends the process with SIGKILL when it
// passes that point the third time. CAFES_PLANTED_BUG=ungated_refusal plants a
// bug from the start.

namespace cafes::test {

/// Plants a bug in this process, or takes it out again (none). Thread: any.
void plant(actors::planted_bug which);

} // namespace cafes::test
