// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace cafes::actors {

/// "bank@host pid 4711 (1c5b3e…)": who owns a log, for people, and another
/// one at each call, so that a restarted process with a reused pid is not
/// mistaken for its predecessor.
[[nodiscard]] std::string process_identity();

} // namespace cafes::actors
