// SPDX-License-Identifier: MIT
//
// Question: what do the parts of one command cost, each by itself and warm?
// Their sum is the least that a command can cost; the rest is waiting,
// waking and the store.
#include "bench/accounts.hpp"

#include <cafes/codec.hpp>
#include <cafes/detail/typed_aggregate.hpp>

#include <benchmark/benchmark.h>
#include <caf/actor.hpp>
#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/scoped_actor.hpp>

#include <latch>

namespace cafes::bench {

namespace {

bank::account::state open_account() {
  bank::account::state now;
  bank::account::evolve(now, bank::opened{"ann", bank::cents{0}});
  return now;
}

bank::deposited usual_event() {
  const auto& asked = deposit_of_usual_size();
  return {asked.amount, asked.reference};
}

void decide_deposit(benchmark::State& run) {
  const auto now = open_account();
  for (auto _ : run)
    benchmark::DoNotOptimize(
      bank::account::decide(now, deposit_of_usual_size()));
}

void evolve_deposited(benchmark::State& run) {
  auto now = open_account();
  const auto happened = usual_event();
  for (auto _ : run) {
    now.balance = bank::cents{};
    bank::account::evolve(now, happened);
    benchmark::DoNotOptimize(now);
  }
}

void encode_deposited(benchmark::State& run) {
  const auto happened = usual_event();
  for (auto _ : run)
    benchmark::DoNotOptimize(encode(happened));
}

void decode_deposited(benchmark::State& run) {
  for (auto _ : run)
    benchmark::DoNotOptimize(decode<bank::deposited>(deposited_data()));
}

/// All that an aggregate does for a command: decide and encode, behind the
/// table of functions.
void decide_and_encode(benchmark::State& run) {
  const auto type = detail::make_aggregate_type<bank::account>();
  const auto state = type.initial();
  const auto opening = detail::erase_command<bank::open, bank::account>(
    bank::open{"ann", bank::cents{0}});
  state->evolve(state->decide(opening, {}).value());
  const auto asked = detail::erase_command<bank::deposit, bank::account>(
    bank::deposit{deposit_of_usual_size()});
  for (auto _ : run)
    benchmark::DoNotOptimize(state->decide(asked, {}));
}

/// Admission, router, aggregate and the answer, without a store: a refusal
/// touches none. So many are sent before the first answer is waited for.
void refused_command(benchmark::State& run) {
  auto service = start_bank("memory:");
  const auto keys = account_keys(1'000);
  const auto count = static_cast<std::size_t>(run.range(0));
  fast_random random{1};
  const auto send_all_once = [&] {
    std::latch ended{static_cast<std::ptrdiff_t>(count)};
    for (std::size_t sent = 0; sent < count; ++sent)
      service.send<bank::account>(keys[random.below(keys.size())],
                                  bank::close{}, {},
                                  [&](const outcome<bank::account>& came) {
                                    benchmark::DoNotOptimize(came.rejected());
                                    ended.count_down();
                                  });
    ended.wait();
  };
  // All accounts are in memory before the clock starts.
  for (std::size_t warm = 0; warm < 20'000; warm += count)
    send_all_once();
  while (run.KeepRunningBatch(run.range(0)))
    send_all_once();
}

caf::behavior pong() {
  return {[](std::int64_t left) { return left; }};
}

caf::behavior ping(caf::event_based_actor* self, const caf::actor& other) {
  return {[self, other](std::int64_t left) -> caf::result<std::int64_t> {
    auto promise = self->make_response_promise();
    // Recursion by message: each step is a request and a response.
    struct step {
      static void take(caf::event_based_actor* on, const caf::actor& to,
                       std::int64_t count, caf::response_promise promised) {
        if (count == 0) {
          promised.deliver(std::int64_t{0});
          return;
        }
        on->request(to, caf::infinite, count)
          .then([on, to, count, promised](std::int64_t) mutable {
            take(on, to, count - 1, promised);
          });
      }
    };
    step::take(self, other, left, promise);
    return promise;
  }};
}

/// A message from one actor to another; two of them are a request.
void one_hop(benchmark::State& run) {
  caf::actor_system_config config;
  config.set("scheduler.max-threads",
             static_cast<caf::config_value::integer>(2));
  caf::actor_system system{config};
  const auto other = system.spawn(pong);
  const auto first = system.spawn(ping, other);
  const caf::scoped_actor self{system};
  constexpr std::int64_t requests = 1'000;
  while (run.KeepRunningBatch(2 * requests))
    self->request(first, caf::infinite, requests)
      .receive([](std::int64_t) {},
               [&](const caf::error&) { run.SkipWithError("no answer"); });
  self->send_exit(first, caf::exit_reason::user_shutdown);
  self->send_exit(other, caf::exit_reason::user_shutdown);
}

BENCHMARK(decide_deposit);
BENCHMARK(evolve_deposited);
BENCHMARK(encode_deposited);
BENCHMARK(decode_deposited);
BENCHMARK(decide_and_encode);
BENCHMARK(one_hop)->UseRealTime();
BENCHMARK(refused_command)->Arg(1)->Arg(64)->Arg(1'024)->UseRealTime();

} // namespace

} // namespace cafes::bench

BENCHMARK_MAIN();
