// SPDX-License-Identifier: MIT
//
// Question: something that keeps its view in memory reads the log from the
// beginning. Of the rate of a bare paged SELECT, how much remains when the
// events are decoded and folded?
#include "bench/accounts.hpp"
#include "bench/bare_read.hpp"
#include "bench/past_accounts.hpp"
#include "bench/question.hpp"
#include "tests/support/scratch_schema.hpp"

#include <cafes/codec.hpp>
#include <cafes/limits.hpp>

#include <fmt/format.h>

#include <unordered_map>

namespace cafes::bench {

namespace {

/// The view: what has been paid into each account.
class paid_in {
public:
  void apply(const recorded_event& stored) {
    if (stored.type != bank::deposited::event_name)
      return;
    const auto happened = decode<bank::deposited>(stored.data);
    if (!happened)
      throw std::runtime_error{describe(happened.error())};
    cents_[stored.stream.key] += happened->amount.count();
  }

private:
  std::unordered_map<std::string, std::int64_t> cents_;
};

/// From the first event to the last and again, for the given time.
load_report read_and_fold(runtime& service, seconds round) {
  using clock = std::chrono::steady_clock;
  load_report report;
  paid_in view;
  position after;
  const auto started = clock::now();
  auto before = started;
  while (before - started < round) {
    const auto page = service.read_log(after, limits::page_events_max);
    if (!page)
      throw std::runtime_error{describe(page.error())};
    for (const auto& stored : page->events)
      view.apply(stored);
    report.accepted += page->events.size();
    after = page->more ? page->events.back().at : position{};
    const auto now = clock::now();
    report.latency->record(now - before);
    before = now;
  }
  report.took = before - started;
  return report;
}

} // namespace

std::vector<figure> catch_up_memory(const run_plan& plan) {
  const test::scratch_schema schema;
  prepare_store(schema.conninfo(), {});
  add_past_accounts(schema.conninfo(),
                    {.count = plan.accounts,
                     .events_each = plan.catch_up_events / plan.accounts});
  auto service = start_bank(schema.conninfo());
  bare_read bare{schema.conninfo()};
  static_cast<void>(bare.run(true, plan.warm_up));
  static_cast<void>(read_and_fold(service, plan.warm_up));
  std::vector<double> rates;
  std::vector<double> text;
  std::vector<double> binary;
  latency_histogram latency;
  for (std::size_t round = 0; round < plan.rounds; ++round) {
    binary.push_back(bare.run(true, plan.round).rate());
    const auto report = read_and_fold(service, plan.round);
    rates.push_back(report.rate());
    latency.add(*report.latency);
    text.push_back(bare.run(false, plan.round).rate());
  }
  service.stop();
  const auto as_text = spread_of(text).median;
  const auto as_binary = spread_of(binary).median;
  figure shown;
  shown.name = "catch_up_memory";
  shown.unit = "events/s";
  shown.value = spread_of(rates);
  shown.bar = 0.7;
  shown.ours = "runtime::read_log, pages of 1,000, decoded and folded into a "
               "map in memory by the reading thread";
  shown.against = "bare prepared SELECT of the same rows, pages of 1,000, not "
                  "looked at";
  set_limit(shown, rates, as_binary >= as_text ? binary : text);
  set_latency(shown, latency);
  shown.notes.push_back("p50 and p99 are those of a page");
  shown.notes.push_back(fmt::format(
    "limit: {:.0f}/s as text, {:.0f}/s in binary format; the faster counts",
    as_text, as_binary));
  return {shown};
}

} // namespace cafes::bench
