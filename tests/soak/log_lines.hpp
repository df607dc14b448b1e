// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/stored_log.hpp"

#include <string>
#include <vector>

namespace cafes::soak {

/// Keeps a log beside the history that it does not fit to, when its store is
/// gone. One line of JSON for each event.
void write_log_lines(const std::string& path,
                     const std::vector<test::stored_event>& log);

/// Throws std::runtime_error when the file cannot be read, and nlohmann's
/// exceptions where it is not what was written.
[[nodiscard]] std::vector<test::stored_event>
read_log_lines(const std::string& path);

} // namespace cafes::soak
