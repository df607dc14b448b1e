// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace cafes::bench {

/// Processor, cores, memory, kernel; the server's version and its settings
/// that matter. Throws when the server does not answer.
[[nodiscard]] std::string describe_machine();

} // namespace cafes::bench
