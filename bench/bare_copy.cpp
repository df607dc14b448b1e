// SPDX-License-Identifier: MIT
#include "bench/bare_copy.hpp"

#include <algorithm>
#include <utility>

namespace cafes::bench {

bare_copy::bare_copy(const std::string& conninfo, std::string_view type_name,
                     std::string data)
  : session_{connect(conninfo)},
    rows_{event_rows::after(session_, type_name)},
    data_{std::move(data)} {}

load_report bare_copy::run(std::size_t batch_rows, seconds round) {
  using clock = std::chrono::steady_clock;
  const auto batches
    = static_cast<std::size_t>(rows_per_second_ * round.count()
                               / static_cast<double>(batch_rows))
      + 1;
  std::vector<copy_bytes> ready;
  ready.reserve(batches);
  for (std::size_t made = 0; made < batches; ++made)
    ready.push_back(next_batch(batch_rows));
  load_report report;
  const auto started = clock::now();
  auto before = started;
  for (const auto& batch : ready) {
    batch.send(session_);
    const auto now = clock::now();
    report.latency->record(now - before);
    report.accepted += batch_rows;
    before = now;
    if (now - started >= round)
      break;
  }
  report.took = before - started;
  // Batches that were not sent would leave a hole, which only we would mind:
  // the table has no rule against it.
  rows_per_second_ = std::max(rows_per_second_, report.rate() * 1.2);
  return report;
}

copy_bytes bare_copy::next_batch(std::size_t rows) {
  constexpr std::size_t other_columns_bytes = 120;
  copy_bytes batch{rows * (data_.size() + other_columns_bytes)};
  for (std::size_t made = 0; made < rows; ++made)
    batch.add(rows_.next(), data_);
  batch.finish();
  return batch;
}

} // namespace cafes::bench
