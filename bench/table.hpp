// SPDX-License-Identifier: MIT
#pragma once

#include "bench/figure.hpp"

#include <string>
#include <vector>

namespace cafes::bench {

/// The figures as text: a line each, then what the numbers mean and notes.
[[nodiscard]] std::string table_of(const std::vector<figure>& figures);

/// The figures as JSON: an array of {"name", "value", "unit", "limit",
/// "ratio", "p50_us", "p99_us"}; null where there is none.
[[nodiscard]] std::string json_of(const std::vector<figure>& figures);

} // namespace cafes::bench
