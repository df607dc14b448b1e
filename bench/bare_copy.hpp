// SPDX-License-Identifier: MIT
#pragma once

#include "bench/copy_bytes.hpp"
#include "bench/event_rows.hpp"
#include "bench/load_report.hpp"

#include <string>
#include <vector>

namespace cafes::bench {

/// The fastest way known to store the same rows: plain libpq, COPY in binary
/// format, each batch its own transaction, over one connection, since what
/// gives positions is one. The bytes are made before the clock starts; after
/// that the program sends and waits, nothing else. It is in the way of nobody
/// and checks nothing, and no service could. Thread: one at a time.
class bare_copy {
public:
  /// The schema must hold open accounts, and nobody else may write to it.
  /// Throws, as all of them do.
  bare_copy(const std::string& conninfo, std::string_view type_name,
            std::string data);

  /// Batches of so many rows, for the given time. Latency is one batch's.
  load_report run(std::size_t batch_rows, seconds round);

  /// The same as a batch_limit wants it; must not outlive this.
  [[nodiscard]] auto program() {
    return [this](std::size_t batch_rows, seconds round) {
      return run(batch_rows, round);
    };
  }

private:
  [[nodiscard]] copy_bytes next_batch(std::size_t rows);

  session session_;
  event_rows rows_;
  std::string data_;
  /// What the fastest round so far has reached: how many rows to have ready.
  double rows_per_second_ = 250'000;
};

} // namespace cafes::bench
