// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>

namespace cafes {

/// Wall-clock time in microseconds, the resolution that every backend keeps.
using timestamp = std::chrono::sys_time<std::chrono::microseconds>;

/// The system's time now. Thread: any.
[[nodiscard]] timestamp now();

/// "2026-05-17T09:30:00.000001Z"
[[nodiscard]] std::string to_string(timestamp at);

} // namespace cafes
