// SPDX-License-Identifier: MIT
#include "bench/machine.hpp"

#include "bench/postgres.hpp"
#include "bench/usage.hpp"

#include <fmt/format.h>

#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <thread>

namespace cafes::bench {

namespace {

std::string processor() {
  std::ifstream file{"/proc/cpuinfo"};
  std::string line;
  while (std::getline(file, line))
    if (line.starts_with("model name"))
      return line.substr(line.find(':') + 2);
  return "unknown processor";
}

/// Above it a run says so itself: ours needs two processes where most limits
/// need one, so a starved machine is unfair to ours.
constexpr double busy_percent = 10;

double memory_gib() {
  return static_cast<double>(::sysconf(_SC_PHYS_PAGES))
         * static_cast<double>(::sysconf(_SC_PAGESIZE))
         / (1024.0 * 1024 * 1024);
}

} // namespace

std::string describe_machine() {
  utsname system{};
  ::uname(&system);
  auto text = fmt::format("{}, {} cores, {:.1f} GiB, Linux {}\n", processor(),
                          std::thread::hardware_concurrency(), memory_gib(),
                          static_cast<const char*>(system.release));
  const auto on = connect(bench_server());
  text += "PostgreSQL " + select_text(on, "SHOW server_version");
  for (const auto* const name :
       {"fsync", "synchronous_commit", "shared_buffers", "max_wal_size",
        "min_wal_size", "checkpoint_timeout", "wal_compression"})
    text += fmt::format(", {}={}", name,
                        select_text(on, fmt::format("SHOW {}", name)));
  return text + "\n";
}

other_load::other_load(pid_t server) : server_{server}, begin_{now()} {}

std::string other_load::describe() const {
  const auto end = now();
  const auto all = end.all - begin_.all;
  const auto others = (end.busy - begin_.busy) - (end.ours - begin_.ours);
  const auto others_percent = std::max(0.0, 100 * (others / all));
  const auto stolen_percent = 100 * ((end.stolen - begin_.stolen) / all);
  return fmt::format(
    "meanwhile, other programs used {:.0f} % of the machine, the hypervisor "
    "{:.0f} %{}\n",
    others_percent, stolen_percent,
    others_percent + stolen_percent > busy_percent
      ? ": too busy, repeat before you believe a ratio"
      : "");
}

// proc(5): user nice system idle iowait irq softirq steal
other_load::times other_load::now() const {
  std::ifstream file{"/proc/stat"};
  std::string name;
  file >> name;
  const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
  double fields[8] = {};
  times spent;
  for (auto& field : fields) {
    file >> field;
    spent.all += seconds{field / ticks};
  }
  spent.stolen = seconds{fields[7] / ticks};
  spent.busy = spent.all - seconds{(fields[3] + fields[4]) / ticks}
               - spent.stolen;
  const auto ours = usage::now(server_);
  spent.ours = ours.own_cpu + ours.children_cpu + ours.server_cpu;
  return spent;
}

} // namespace cafes::bench
