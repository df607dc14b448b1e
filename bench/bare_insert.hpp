// SPDX-License-Identifier: MIT
#pragma once

#include "bench/event_rows.hpp"
#include "bench/load_report.hpp"

#include <string>

namespace cafes::bench {

/// How the parameters of a statement travel.
enum class wire_format { text, binary };

/// Stores event after event by a prepared INSERT, each its own transaction,
/// with plain libpq: the least that one durable event can cost. The parameters
/// are written before the clock of their insert starts. Thread: one at a time.
class bare_insert {
public:
  /// The schema must hold open accounts, and nobody else may write to it.
  /// Throws, as run does.
  bare_insert(const std::string& conninfo, std::string_view type_name,
              std::string data);

  /// Latency is one insert's.
  load_report run(wire_format format, seconds round);

private:
  session session_;
  event_rows rows_;
  std::string data_;
};

} // namespace cafes::bench
