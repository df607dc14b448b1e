// SPDX-License-Identifier: MIT
#include "tests/soak/process_memory.hpp"

#include <fstream>
#include <stdexcept>
#include <string>

namespace cafes::soak {

namespace {

std::int64_t bytes_of(const std::string& name) {
  std::ifstream status{"/proc/self/status"};
  std::string word;
  std::int64_t kib = 0;
  while (status >> word)
    if (word == name && status >> kib)
      return kib * 1024;
  throw std::runtime_error{"/proc/self/status has no " + name};
}

} // namespace

std::int64_t resident_bytes() {
  return bytes_of("VmRSS:");
}

std::int64_t highest_resident_bytes() {
  return bytes_of("VmHWM:");
}

void forget_highest_resident() {
  std::ofstream{"/proc/self/clear_refs"} << "5";
}

} // namespace cafes::soak
