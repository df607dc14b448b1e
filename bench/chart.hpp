// SPDX-License-Identifier: MIT
#pragma once

#include "bench/figure.hpp"

#include <string>
#include <vector>

namespace cafes::bench {

/// The figures as an SVG picture: how far each ratio is on the way to its bar,
/// with the spread of the rounds, and the latencies on a logarithmic scale.
/// The caption goes below.
[[nodiscard]] std::string chart_of(const std::vector<figure>& figures,
                                   const std::string& caption);

} // namespace cafes::bench
