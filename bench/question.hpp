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

[[nodiscard]] std::vector<figure> idle_aggregate_bytes(const run_plan& plan);
[[nodiscard]] std::vector<figure> bare_copy_rate(const run_plan& plan);
[[nodiscard]] std::vector<figure> commands_1024(const run_plan& plan);
[[nodiscard]] std::vector<figure> hot_aggregate(const run_plan& plan);
[[nodiscard]] std::vector<figure> append_10_events(const run_plan& plan);
[[nodiscard]] std::vector<figure> hand_written_sql_64(const run_plan& plan);
[[nodiscard]] std::vector<figure> callers_64(const run_plan& plan);
[[nodiscard]] std::vector<figure> caller_1(const run_plan& plan);
[[nodiscard]] std::vector<figure> cold_command(const run_plan& plan);
[[nodiscard]] std::vector<figure> sqlite_1024(const run_plan& plan);
[[nodiscard]] std::vector<figure> catch_up_memory(const run_plan& plan);
[[nodiscard]] std::vector<figure> catch_up_documents(const run_plan& plan);
[[nodiscard]] std::vector<figure> rebuild(const run_plan& plan);
[[nodiscard]] std::vector<figure> live_lag(const run_plan& plan);
[[nodiscard]] std::vector<figure> three_projections(const run_plan& plan);
[[nodiscard]] std::vector<figure> growth(const run_plan& plan);

} // namespace cafes::bench
