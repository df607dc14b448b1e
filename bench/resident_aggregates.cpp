// SPDX-License-Identifier: MIT
#include "bench/resident_aggregates.hpp"

#include "bench/accounts.hpp"
#include "bench/usage.hpp"
#include "tests/support/scratch_schema.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <limits>
#include <memory>
#include <sstream>
#include <stdexcept>

namespace cafes::bench {

namespace {

/// Without a budget all stay: nothing else may make them leave.
void set_budget(settings& with, std::size_t budget) {
  with.live_aggregates_max
    = budget > 0 ? budget : std::numeric_limits<std::size_t>::max();
  if (budget == 0)
    with.live_aggregate_bytes_max = std::numeric_limits<std::size_t>::max();
}

} // namespace

resident_aggregates use_once(std::size_t count, std::size_t budget) {
  const test::scratch_schema schema;
  settings with;
  with.store = schema.conninfo();
  // What is kept for projections is not an aggregate's memory.
  with.feed_bytes_max = std::size_t{1} << 20U;
  set_budget(with, budget);
  const auto keys = account_keys(count);
  const std::vector<std::string> first{"warm-1", "warm-2", "warm-3"};
  auto service = start_bank(with);
  open_accounts(service, first);
  const auto before = resident_bytes();
  const auto started = std::chrono::steady_clock::now();
  open_accounts(service, keys);
  const seconds took = std::chrono::steady_clock::now() - started;
  resident_aggregates used;
  used.resident_bytes = resident_bytes();
  used.added_bytes = used.resident_bytes - before;
  used.live = service.status().aggregates_live;
  used.seconds = took.count();
  service.stop();
  return used;
}

resident_aggregates use_once_apart(std::size_t count, std::size_t budget) {
  const auto self = std::filesystem::read_symlink("/proc/self/exe");
  const auto command = fmt::format("'{}' --use-once {} --budget {}",
                                   self.string(), count, budget);
  const std::unique_ptr<FILE, int (*)(FILE*)> child{
    ::popen(command.c_str(), "r"), &::pclose};
  if (!child)
    throw std::runtime_error{"cannot start " + command};
  std::string text;
  for (int byte = 0; (byte = std::fgetc(child.get())) != EOF;)
    text += static_cast<char>(byte);
  std::istringstream numbers{text};
  resident_aggregates used;
  if (!(numbers >> used.resident_bytes >> used.added_bytes >> used.live
        >> used.seconds))
    throw std::runtime_error{"no answer from " + command};
  return used;
}

void print_use_once(std::size_t count, std::size_t budget) {
  const auto used = use_once(count, budget);
  fmt::print("{} {} {} {}\n", used.resident_bytes, used.added_bytes, used.live,
             used.seconds);
}

} // namespace cafes::bench
