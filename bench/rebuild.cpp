// SPDX-License-Identifier: MIT
//
// Question: how fast is a view made anew beside the one that is queried, while
// commands come on a schedule, and what do those notice who query it?
#include "bench/accounts.hpp"
#include "bench/bank_views.hpp"
#include "bench/command_load.hpp"
#include "bench/lag_watch.hpp"
#include "bench/past_accounts.hpp"
#include "bench/question.hpp"
#include "tests/support/scratch_schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace cafes::bench {

namespace {

/// Commands a second meanwhile; a service that is used and not at its end.
constexpr double usual_rate = 1'000;
constexpr seconds piece_of_load{0.5};
constexpr std::chrono::milliseconds look_again{5};

/// Sends commands until it is told to stop, from a thread of its own.
class steady_load {
public:
  steady_load(runtime& service, const std::vector<std::string>& keys,
              double rate)
    : thread_{[&service, &keys, rate](const std::stop_token& stop) {
        command_load load{service, deposits{keys}};
        while (!stop.stop_requested())
          static_cast<void>(load.run_open(rate, piece_of_load));
      }} {}

private:
  std::jthread thread_;
};

/// Asks for one document after the other, from a thread of its own.
class steady_queries {
public:
  steady_queries(runtime& service, const std::vector<std::string>& keys)
    : thread_{[this, &service, &keys](const std::stop_token& stop) {
        fast_random random{42};
        while (!stop.stop_requested())
          ask(service, keys[random.below(keys.size())]);
      }} {}

  [[nodiscard]] const latency_histogram& times() const { return times_; }
  [[nodiscard]] std::uint64_t failed() const { return failed_; }

private:
  void ask(runtime& service, const std::string& key) {
    const auto asked = std::chrono::steady_clock::now();
    const auto found = service.find<bank::balances>(key);
    times_.record(std::chrono::steady_clock::now() - asked);
    if (!found || !*found)
      ++failed_;
  }

  latency_histogram times_;
  std::atomic<std::uint64_t> failed_{0};
  std::jthread thread_;
};

projection_status balances_of(const runtime& service) {
  return service.status().projections.at(0);
}

/// Until the new build is live; events a second.
double rebuild_once(runtime& service) {
  const auto started = std::chrono::steady_clock::now();
  auto build = service.rebuild_projection(bank::balances::name);
  if (!build)
    throw std::runtime_error{describe(build.error())};
  for (;;) {
    const auto seen = balances_of(service);
    if (seen.build == *build)
      return static_cast<double>(seen.checkpoint.value())
             / seconds{std::chrono::steady_clock::now() - started}.count();
    if (!seen.rebuild_stopped.empty())
      throw std::runtime_error{"the rebuild stopped: " + seen.rebuild_stopped};
    std::this_thread::sleep_for(look_again);
  }
}

} // namespace

std::vector<figure> rebuild(const run_plan& plan) {
  const test::scratch_schema schema;
  prepare_store(schema.conninfo(), {});
  const auto keys = add_past_accounts(
    schema.conninfo(), {.count = plan.accounts,
                        .events_each = plan.catch_up_events / plan.accounts});
  auto service = start_bank_with_balances(schema.conninfo());
  drain_views(service);
  const auto rate = plan.rate > 0 ? plan.rate : usual_rate;
  std::vector<double> alone;
  std::vector<double> beside;
  lag_report lag;
  std::uint64_t failed = 0;
  latency_histogram query_times;
  for (std::size_t round = 0; round < plan.rounds; ++round) {
    alone.push_back(rebuild_once(service));
    drain_views(service);
    lag_watch watch{service};
    {
      const steady_load load{service, keys, rate};
      const steady_queries queries{service, keys};
      beside.push_back(rebuild_once(service));
      query_times.add(queries.times());
      failed += queries.failed();
    }
    const auto seen = watch.finish();
    lag.times->add(*seen.times);
    lag.events_max = std::max(lag.events_max, seen.events_max);
  }
  service.stop();
  figure shown;
  shown.name = "rebuild";
  shown.unit = "events/s";
  shown.value = spread_of(beside);
  shown.ours = fmt::format("the balances view made anew beside the live one, "
                           "over {} events, until it is live, while {:.0f} "
                           "commands come a second and one thread queries",
                           plan.catch_up_events, rate);
  shown.against = "the same in a service that does nothing else, by turns";
  set_limit(shown, beside, alone);
  const auto ms = [](std::chrono::nanoseconds time) {
    return std::chrono::duration<double, std::milli>{time}.count();
  };
  shown.notes.push_back(fmt::format(
    "queries meanwhile: {} answered, {} not; p50 {:.2f} ms, p99 {:.2f} ms, "
    "{:.1f} ms at most",
    query_times.count() - failed, failed, ms(query_times.at(0.5)),
    ms(query_times.at(0.99)), ms(query_times.at(1))));
  shown.notes.push_back(fmt::format(
    "the live view was at most {} events behind; an event was in it after "
    "{:.0f} ms (p50), {:.0f} ms (p99)",
    lag.events_max, ms(lag.times->at(0.5)), ms(lag.times->at(0.99))));
  return {shown};
}

} // namespace cafes::bench
