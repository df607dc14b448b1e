// SPDX-License-Identifier: MIT
#include "apps/bank/import_report.hpp"

#include "domain/balances.hpp"

#include <cafes/limits.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <utility>

namespace bank {

namespace {

using balance_list = std::vector<std::pair<std::string, cents>>;

constexpr std::size_t largest_shown = 10;

/// 784369530 as "784,369,530".
std::string grouped(std::int64_t number) {
  auto digits = std::to_string(number);
  const auto first = static_cast<std::ptrdiff_t>(number < 0 ? 1 : 0);
  for (auto at = std::ssize(digits) - 3; at > first; at -= 3)
    digits.insert(static_cast<std::size_t>(at), 1, ',');
  return digits;
}

cafes::expected<balance_list> read_balances(cafes::runtime& service) {
  balance_list all;
  cafes::view_query asked{.limit = cafes::limits::page_documents_max};
  for (;;) {
    auto page = service.query<balances>(asked);
    if (!page)
      return cafes::failure_of(page);
    for (const auto& [key, document] : page->documents)
      all.emplace_back(key, document.balance);
    if (!page->more_after)
      return all;
    asked.after_key = *page->more_after;
  }
}

std::string sum_of(const balance_list& all) {
  std::optional<cents> sum = cents{};
  for (const auto& [key, balance] : all)
    sum = sum ? plus(*sum, balance) : sum;
  return sum ? grouped(sum->count()) + " cents" : "more than 64 bits of cents";
}

void print_agreement(const imported& all, const balance_list& held) {
  if (all.stated_balances.empty())
    return;
  const std::map<std::string, cents> by_key{held.begin(), held.end()};
  const auto agreeing = std::count_if(
    all.stated_balances.begin(), all.stated_balances.end(),
    [&](const auto& stated) {
      const auto found = by_key.find(stated.first);
      return found != by_key.end() && found->second == stated.second;
    });
  fmt::print("agree with file  {} of {} accounts\n", grouped(agreeing),
             grouped(std::ssize(all.stated_balances)));
}

void print_largest(balance_list all) {
  const auto shown = std::min(all.size(), largest_shown);
  std::partial_sort(all.begin(),
                    all.begin() + static_cast<std::ptrdiff_t>(shown), all.end(),
                    [](const auto& one, const auto& other) {
                      return std::pair{other.second, one.first}
                             < std::pair{one.second, other.first};
                    });
  fmt::print("largest balances, in cents\n");
  for (std::size_t place = 0; place < shown; ++place)
    fmt::print("  {:<14} {:>15}\n", all[place].first,
               grouped(all[place].second.count()));
}

} // namespace

void report_problems(const std::string& file, const imported& all) {
  for (const auto& mistake : all.malformed)
    std::cerr << file << ": " << describe(mistake) << '\n';
  for (const auto& [line, reason] : all.ended.refused)
    std::cerr << file << ": line " << line << ": refused: " << to_string(reason)
              << '\n';
  for (const auto& [line, why] : all.ended.faulty)
    std::cerr << file << ": line " << line
              << ": left out: " << cafes::describe(why) << '\n';
  if (all.ended.failure)
    std::cerr << file << ": line " << all.ended.failure->line << ": "
              << cafes::describe(all.ended.failure->why) << "\nfrom line "
              << *all.ended.first_unsent_line
              << " on, rows may be missing: import the file again, nothing is "
                 "counted twice\n";
}

cafes::expected<void> print_summary(cafes::runtime& service,
                                    const imported& all) {
  auto held = read_balances(service);
  if (!held)
    return cafes::failure_of(held);
  const auto status = service.status();
  const auto commands = all.ended.accepted + all.ended.repeated
                        + all.ended.refused.size();
  const auto rate = all.took.count() > 0
                      ? static_cast<double>(commands) / all.took.count()
                      : 0.0;
  fmt::print("accounts         {}\n", grouped(std::ssize(*held)));
  fmt::print("events           {} ({} new)\n", grouped(status.head.value()),
             grouped(all.new_events));
  fmt::print("commands         {} accepted, {} as before, {} refused\n",
             grouped(static_cast<std::int64_t>(all.ended.accepted)),
             grouped(static_cast<std::int64_t>(all.ended.repeated)),
             grouped(std::ssize(all.ended.refused)));
  fmt::print("commands/s       {}\n", grouped(static_cast<std::int64_t>(rate)));
  for (const auto& projection : status.projections)
    fmt::print("projection lag   {} events, {} ms ({})\n",
               grouped(projection.lag_events), projection.lag_time.count(),
               projection.name);
  fmt::print("sum of balances  {}\n", sum_of(*held));
  print_agreement(all, *held);
  print_largest(*std::move(held));
  return {};
}

} // namespace bank
