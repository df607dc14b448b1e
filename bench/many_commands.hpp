// SPDX-License-Identifier: MIT
#pragma once

#include "bench/command_load.hpp"
#include "bench/figure.hpp"
#include "bench/usage.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace cafes::bench {

/// Rounds of a load by continuations, with what they cost: closed loop, or
/// open loop if the plan has a rate. Thread: one at a time.
template <class Next>
class many_commands {
public:
  many_commands(runtime& service, Next next, std::size_t outstanding,
                const run_plan& plan, pid_t server)
    : service_{service},
      load_{service, std::move(next)},
      outstanding_{outstanding},
      plan_{plan},
      server_{server} {}

  void warm_up() {
    const auto before = service_.status();
    const auto report = load_.run_closed(outstanding_, plan_.warm_up);
    count_batches(before, report);
  }

  void run_round() {
    const auto status = service_.status();
    const auto spent = usage::now(server_);
    const auto report = plan_.rate > 0
                          ? load_.run_open(plan_.rate, plan_.round)
                          : load_.run_closed(outstanding_, plan_.round);
    spent_ += usage::now(server_) - spent;
    count_batches(status, report);
    rates_.push_back(report.rate());
    latency_.add(*report.latency);
    accepted_ += report.accepted;
    overloaded_ += report.overloaded;
  }

  /// Commands a second, round by round.
  [[nodiscard]] const std::vector<double>& rates() const { return rates_; }

  /// Commands in a batch of the log writer, in the last round.
  [[nodiscard]] double average_batch() const { return average_batch_; }

  /// Value, latencies and costs. An open loop has no bar: its rate is given.
  void describe(figure& shown) const {
    shown.value = spread_of(rates_);
    set_latency(shown, latency_);
    shown.notes.push_back(
      fmt::format("ours: {:.0f} commands a batch", average_batch_));
    shown.notes.push_back(per_command(spent_, accepted_));
    if (plan_.rate > 0) {
      shown.bar.reset();
      shown.notes.push_back(fmt::format(
        "open loop, {:.0f}/s on schedule; latency from the moment a command "
        "was to leave; {} answered overloaded",
        plan_.rate, overloaded_));
    }
  }

private:
  void count_batches(const runtime_status& before, const load_report& report) {
    const auto batches = service_.status().batches_written
                         - before.batches_written;
    if (batches > 0)
      average_batch_ = static_cast<double>(report.accepted)
                       / static_cast<double>(batches);
  }

  runtime& service_;
  command_load<Next> load_;
  std::size_t outstanding_;
  run_plan plan_;
  pid_t server_;
  double average_batch_ = 1;
  std::vector<double> rates_;
  latency_histogram latency_;
  std::uint64_t accepted_ = 0;
  std::uint64_t overloaded_ = 0;
  usage spent_;
};

} // namespace cafes::bench
