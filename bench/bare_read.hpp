// SPDX-License-Identifier: MIT
#pragma once

#include "bench/load_report.hpp"
#include "bench/postgres.hpp"

#include <cstdint>
#include <string>

namespace cafes::bench {

/// Reads the log page by page with a prepared SELECT and looks at nothing of
/// what comes. Thread: one at a time.
class bare_read {
public:
  static constexpr std::int64_t page_events = 1'000;

  /// Throws, as run does.
  explicit bare_read(const std::string& conninfo);

  /// From the first event to the last and again, for the given time; rows as
  /// text, or in binary format. Latency is one page's.
  load_report run(bool is_binary, seconds round);

private:
  session session_;
};

} // namespace cafes::bench
