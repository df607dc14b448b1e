// SPDX-License-Identifier: MIT
//
// Question: what does an aggregate cost that has been used once and waits in
// memory, and does a budget keep a million of them small?
#include "bench/question.hpp"
#include "bench/resident_aggregates.hpp"

#include <fmt/format.h>

namespace cafes::bench {

namespace {

constexpr double mib = 1024.0 * 1024.0;

double to_mib(std::size_t bytes) {
  return static_cast<double>(bytes) / mib;
}

spread once(double value) {
  return {value, value, value};
}

figure figure_of(std::string name, std::string unit, double value,
                 double limit) {
  figure shown;
  shown.name = std::move(name);
  shown.unit = std::move(unit);
  shown.value = once(value);
  shown.limit = once(limit);
  shown.ratio = once(value / limit);
  shown.bar = 1;
  shown.wanted = better::lower;
  return shown;
}

std::string what_happened(std::size_t count, const resident_aggregates& used) {
  return fmt::format("{} accounts opened in {:.1f} s, {} live at the end, "
                     "{:.0f} MiB resident",
                     count, used.seconds, used.live,
                     to_mib(used.resident_bytes));
}

} // namespace

std::vector<figure> idle_aggregate_bytes(const run_plan& plan) {
  constexpr double bytes_bar = 2'048;
  constexpr double all_mib_bar = 2'560;
  constexpr double budget_mib_bar = 600;
  const auto count = plan.resident_aggregates;
  const auto all = use_once_apart(count, 0);
  auto each = figure_of("idle_aggregate_bytes", "bytes",
                        static_cast<double>(all.added_bytes)
                          / static_cast<double>(all.live),
                        bytes_bar);
  each.ours = "memory that this process gained, for each account that was "
              "opened once and is still there; the store is PostgreSQL, so "
              "nothing of the log is in it";
  each.against = "the bar itself, 2 KiB";
  each.notes.push_back(what_happened(count, all));
  auto total = figure_of("resident_mib", "MiB", to_mib(all.resident_bytes),
                         all_mib_bar);
  total.ours = "memory of the whole process with all of them";
  total.against = "the bar itself, 2.5 GiB for a million";
  std::vector<figure> shown{each, total};
  const auto bounded = use_once_apart(count, plan.resident_budget);
  auto budget = figure_of("budget_mib", "MiB", to_mib(bounded.resident_bytes),
                          budget_mib_bar);
  budget.ours = fmt::format("memory of the whole process, with a budget of {} "
                            "live aggregates",
                            plan.resident_budget);
  budget.against = "the bar itself, 600 MiB for a million and 100,000";
  budget.notes.push_back(what_happened(count, bounded));
  shown.push_back(budget);
  return shown;
}

} // namespace cafes::bench
