// SPDX-License-Identifier: MIT
#include "actors/journal.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

namespace cafes::actors {

spdlog::logger& journal() {
  static const std::shared_ptr<spdlog::logger> lines = [] {
    if (auto given = spdlog::get("cafes"))
      return given;
    return spdlog::stderr_color_mt("cafes");
  }();
  return *lines;
}

} // namespace cafes::actors
