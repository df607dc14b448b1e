// SPDX-License-Identifier: MIT
#include "bench/table.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <iterator>
#include <optional>

namespace cafes::bench {

namespace {

/// 12,345, or 12.3 when it is small.
std::string amount(double value) {
  if (std::abs(value) < 100)
    return fmt::format("{:.1f}", value);
  const auto digits = std::to_string(std::llround(value));
  std::string grouped;
  for (std::size_t at = 0; at < digits.size(); ++at) {
    if (at > 0 && (digits.size() - at) % 3 == 0)
      grouped += ',';
    grouped += digits[at];
  }
  return grouped;
}

std::string amount(const std::optional<spread>& value) {
  return value ? amount(value->median) : "-";
}

std::string factor(double value) {
  return fmt::format("{:.2f}", value);
}

std::string bar_of(const figure& shown) {
  if (!shown.bar)
    return "";
  return fmt::format("{} {} {}", shown.wanted == better::higher ? ">=" : "<=",
                     factor(*shown.bar), reaches_bar(shown) ? "" : "MISSED");
}

std::string latency(double microseconds) {
  return microseconds > 0 ? amount(microseconds) : "-";
}

nlohmann::ordered_json median_or_null(const std::optional<spread>& value) {
  return value ? nlohmann::ordered_json(value->median) : nullptr;
}

nlohmann::ordered_json or_null(double microseconds) {
  return microseconds > 0 ? nlohmann::ordered_json(microseconds) : nullptr;
}

} // namespace

std::string table_of(const std::vector<figure>& figures) {
  std::string text;
  auto out = std::back_inserter(text);
  fmt::format_to(out, "{:<22} {:>10} {:<10} {:>10} {:>6}  {:<14} {:>9} {:>9}\n",
                 "name", "ours", "unit", "limit", "ratio", "bar", "p50 us",
                 "p99 us");
  for (const auto& one : figures)
    fmt::format_to(out,
                   "{:<22} {:>10} {:<10} {:>10} {:>6}  {:<14} {:>9} {:>9}\n",
                   one.name, amount(one.value.median), one.unit,
                   amount(one.limit),
                   one.ratio ? factor(one.ratio->median) : "-", bar_of(one),
                   latency(one.p50_us), latency(one.p99_us));
  for (const auto& one : figures) {
    fmt::format_to(out, "\n{}\n  ours:  {}\n  limit: {}\n", one.name, one.ours,
                   one.against);
    fmt::format_to(out, "  rounds: {} to {}", amount(one.value.low),
                   amount(one.value.high));
    if (one.limit)
      fmt::format_to(out, ", limit {} to {}", amount(one.limit->low),
                     amount(one.limit->high));
    if (one.ratio)
      fmt::format_to(out, ", ratio {} to {}", factor(one.ratio->low),
                     factor(one.ratio->high));
    text += '\n';
    for (const auto& note : one.notes)
      fmt::format_to(out, "  {}\n", note);
  }
  return text;
}

std::string json_of(const std::vector<figure>& figures) {
  auto all = nlohmann::ordered_json::array();
  for (const auto& one : figures)
    all.push_back({{"name", one.name},
                   {"value", one.value.median},
                   {"unit", one.unit},
                   {"limit", median_or_null(one.limit)},
                   {"ratio", median_or_null(one.ratio)},
                   {"p50_us", or_null(one.p50_us)},
                   {"p99_us", or_null(one.p99_us)}});
  return all.dump(2) + "\n";
}

} // namespace cafes::bench
