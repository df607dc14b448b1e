// SPDX-License-Identifier: MIT
#pragma once

#include "bench/figure.hpp"
#include "bench/run_plan.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace cafes::bench {

/// What can be measured by name. Each function makes its own stores, warms
/// up, runs its rounds with the limit's between them, and throws
/// std::runtime_error when a command was not answered as it should have been.
struct question {
  std::string_view name;
  std::vector<figure> (*measure)(const run_plan& plan);
};

[[nodiscard]] std::span<const question> all_questions();

[[nodiscard]] std::vector<figure> bare_copy_rate(const run_plan& plan);
[[nodiscard]] std::vector<figure> commands_1024(const run_plan& plan);

} // namespace cafes::bench
