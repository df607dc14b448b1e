// SPDX-License-Identifier: MIT
#include <cafes/timestamp.hpp>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace cafes {

timestamp now() {
  return std::chrono::time_point_cast<std::chrono::microseconds>(
    std::chrono::system_clock::now());
}

std::string to_string(timestamp at) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:06}Z",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)),
                     (at - seconds).count());
}

} // namespace cafes
