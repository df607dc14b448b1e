// SPDX-License-Identifier: MIT
#include "bench/machine.hpp"

#include "bench/postgres.hpp"
#include "tests/support/scratch_schema.hpp"

#include <fmt/format.h>

#include <sys/utsname.h>
#include <unistd.h>

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
  const test::scratch_schema schema;
  const auto on = connect(schema.conninfo());
  text += "PostgreSQL " + select_text(on, "SHOW server_version");
  for (const auto* const name :
       {"fsync", "synchronous_commit", "shared_buffers", "max_wal_size",
        "min_wal_size", "checkpoint_timeout", "wal_compression"})
    text += fmt::format(", {}={}", name,
                        select_text(on, fmt::format("SHOW {}", name)));
  return text + "\n";
}

} // namespace cafes::bench
