// SPDX-License-Identifier: MIT
#include "bench/usage.hpp"

#include "bench/allocations.hpp"
#include "bench/postgres.hpp"

#include <fmt/format.h>

#include <sys/resource.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

namespace cafes::bench {

namespace {

seconds to_seconds(const timeval& time) {
  return seconds{static_cast<double>(time.tv_sec)
                 + static_cast<double>(time.tv_usec) * 1e-6};
}

struct process_times {
  pid_t parent = 0;
  seconds cpu{0};
  seconds ended_children{0};
};

// proc(5); the name in parentheses may hold anything, so from the last one on.
std::optional<process_times> times_of(const std::filesystem::path& process) {
  std::ifstream file{process / "stat"};
  std::string line;
  if (!std::getline(file, line))
    return std::nullopt;
  std::istringstream fields{line.substr(line.rfind(')') + 1)};
  std::string state;
  process_times found;
  fields >> state >> found.parent;
  double ignored = 0;
  for (int field = 5; field < 14; ++field)
    fields >> ignored;
  double user = 0;
  double system = 0;
  double children_user = 0;
  double children_system = 0;
  fields >> user >> system >> children_user >> children_system;
  const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
  found.cpu = seconds{(user + system) / ticks};
  found.ended_children = seconds{(children_user + children_system) / ticks};
  return found;
}

std::optional<pid_t> number_of(const std::filesystem::path& process) {
  const auto name = process.filename().string();
  pid_t number = 0;
  const auto [end, problem]
    = std::from_chars(name.data(), name.data() + name.size(), number);
  if (problem != std::errc{} || end != name.data() + name.size())
    return std::nullopt;
  return number;
}

seconds cpu_of_server(pid_t server) {
  seconds all{0};
  for (const auto& process : std::filesystem::directory_iterator{"/proc"}) {
    const auto number = number_of(process.path());
    if (!number)
      continue;
    const auto times = times_of(process.path());
    if (!times)
      continue;
    if (*number == server)
      all += times->cpu + times->ended_children;
    else if (times->parent == server)
      all += times->cpu;
  }
  return all;
}

} // namespace

usage usage::now(pid_t server) {
  rusage own{};
  ::getrusage(RUSAGE_SELF, &own);
  rusage children{};
  ::getrusage(RUSAGE_CHILDREN, &children);
  usage spent;
  spent.own_cpu = to_seconds(own.ru_utime) + to_seconds(own.ru_stime);
  spent.children_cpu = to_seconds(children.ru_utime)
                       + to_seconds(children.ru_stime);
  if (server != 0)
    spent.server_cpu = cpu_of_server(server);
  spent.allocations = allocations_so_far();
  spent.sleeps = static_cast<std::uint64_t>(own.ru_nvcsw);
  return spent;
}

usage usage::operator-(const usage& before) const {
  return {own_cpu - before.own_cpu, children_cpu - before.children_cpu,
          server_cpu - before.server_cpu, allocations - before.allocations,
          sleeps - before.sleeps};
}

usage& usage::operator+=(const usage& other) {
  own_cpu += other.own_cpu;
  children_cpu += other.children_cpu;
  server_cpu += other.server_cpu;
  allocations += other.allocations;
  sleeps += other.sleeps;
  return *this;
}

std::string per_command(const usage& spent, std::uint64_t commands) {
  const auto each = [&](auto count) {
    return static_cast<double>(count) / static_cast<double>(commands);
  };
  return fmt::format(
    "a command: {:.1f} us of our CPU, {:.1f} us of the server's, "
    "{:.1f} allocations, {:.2f} sleeps",
    each(spent.own_cpu.count() * 1e6), each(spent.server_cpu.count() * 1e6),
    each(spent.allocations), each(spent.sleeps));
}

pid_t server_of(const std::string& conninfo) {
  const auto on = connect(conninfo);
  const auto backend = select_text(on, "SELECT pg_backend_pid()");
  const auto times = times_of(std::filesystem::path{"/proc"} / backend);
  return times ? times->parent : 0;
}

std::size_t resident_bytes() {
  std::ifstream file{"/proc/self/statm"};
  std::size_t size = 0;
  std::size_t resident = 0;
  file >> size >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

} // namespace cafes::bench
