// SPDX-License-Identifier: MIT
#pragma once

#include "bench/event_rows.hpp"
#include "bench/load_report.hpp"

#include <sqlite3.h>

#include <cstddef>
#include <memory>
#include <string>

namespace cafes::bench {

struct close_database {
  void operator()(sqlite3* open) const { sqlite3_close(open); }
};

struct finalize_statement {
  void operator()(sqlite3_stmt* prepared) const { sqlite3_finalize(prepared); }
};

/// The same rows into the same SQLite schema by a prepared INSERT, a
/// transaction for each batch; write-ahead log, synchronous=FULL and the cache
/// as ours, foreign keys not checked. Rows are made before the clock starts.
/// Thread: one at a time.
class bare_sqlite {
public:
  /// The file must hold open accounts, and nobody else may write to it.
  /// Throws, as run does.
  bare_sqlite(const std::string& file, std::string_view type_name,
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
  using statement = std::unique_ptr<sqlite3_stmt, finalize_statement>;

  [[nodiscard]] statement prepare(const std::string& sql) const;
  void run_sql(const std::string& sql) const;
  [[nodiscard]] std::int64_t number(const std::string& sql) const;
  [[nodiscard]] event_rows rows_after(std::string_view type_name) const;
  void insert(const event_row& row) const;

  std::unique_ptr<sqlite3, close_database> database_;
  event_rows rows_;
  statement insert_;
  std::string data_;
  double rows_per_second_ = 150'000;
};

} // namespace cafes::bench
