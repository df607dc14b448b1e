// SPDX-License-Identifier: MIT
#pragma once

#include <spdlog/logger.h>

namespace cafes::actors {

/// The runtime's own log lines, to stderr unless the program has registered a
/// spdlog logger called "cafes" before. Thread: any.
[[nodiscard]] spdlog::logger& journal();

} // namespace cafes::actors
