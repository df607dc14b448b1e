// SPDX-License-Identifier: MIT
#include "tests/simulation/simulated_process.hpp"

#include "actors/read/log_reader_actor.hpp"
#include "actors/write/snapshot_content.hpp"
#include "actors/write/snapshot_writer.hpp"
#include "domain/account.hpp"
#include "tests/simulation/gauge.hpp"
#include "tests/support/printing.hpp"

#include <cafes/detail/typed_aggregate.hpp>

namespace cafes::test {

namespace {

/// Real time must not count: only the simulation says when it is over.
constexpr std::chrono::hours never{1'000};

} // namespace

std::unique_ptr<simulated_process>
simulated_process::start(world& around,
                         const std::shared_ptr<model_store>& store,
                         const std::string& name) {
  auto session = must(store->open_writer());
  if (!session->acquire(name, std::chrono::milliseconds{0}))
    return nullptr;
  around.trace.note("process: ", name, " starts");
  around.has_lost_log = false;
  return std::make_unique<simulated_process>(around, store, std::move(session));
}

simulated_process::simulated_process(
  world& around, std::shared_ptr<model_store> store,
  std::unique_ptr<store::log_writer_session> session)
  : around_{&around}, store_{std::move(store)} {
  start_actors(std::move(session));
}

/// The router goes first: the system knows it and not its aggregates.
simulated_process::~simulated_process() {
  caf::anon_send_exit(router_, caf::exit_reason::user_shutdown);
  router_ = nullptr;
}

void simulated_process::start_actors(
  std::unique_ptr<store::log_writer_session> session) {
  const auto& like = around_->like;
  auto accounts = detail::make_aggregate_type<bank::account>(
    {.snapshot_every = like.snapshot_every, .snapshot_after = never});
  auto gauges = detail::make_aggregate_type<gauge>(
    {.snapshot_every = like.snapshot_every, .snapshot_after = never});
  auto account_ids = must(session->register_types(accounts.events));
  auto gauge_ids = must(session->register_types(gauges.events));

  actors::aggregate_surroundings shared;
  shared.numbers = session->numbers();
  auto writer = std::make_shared<actors::log_writer_surroundings>();
  writer->session = std::move(session);
  writer->told.feed_backlog = std::make_shared<std::atomic<std::size_t>>(0);
  writer->counted = counters_;
  writer->stop = std::make_shared<actors::stop_signal>();
  writer->on_lost = [this](const error& why) {
    around_->trace.note("process: log lost, ", to_string(why.code));
    has_lost_log_ = around_->has_lost_log = true;
    if (router_)
      system_.send(router_, actors::log_lost{why});
  };
  shared.log_writer = system_.spawn(actors::log_writer_actor, writer);
  for (std::size_t each = 0; each < like.readers; ++each)
    shared.log_readers.push_back(system_.spawn(
      actors::log_reader_actor, std::shared_ptr<store::log_store>{store_}));
  shared.snapshot_writer
    = system_.spawn(actors::snapshot_writer_actor,
                    std::shared_ptr<store::log_store>{store_}, counters_);
  actors::aggregate_types types;
  types.emplace(accounts.category, surroundings(accounts, account_ids, shared));
  types.emplace(gauges.category, surroundings(gauges, gauge_ids, shared));
  router_
    = system_.spawn(actors::command_router_actor, std::move(types),
                    actors::passivation_limits{.live_max = like.live_max,
                                               .idle_max = like.idle_max});
}

std::shared_ptr<const actors::aggregate_surroundings>
simulated_process::surroundings(
  detail::aggregate_type type, type_ids ids,
  const actors::aggregate_surroundings& shared) const {
  auto around = std::make_shared<actors::aggregate_surroundings>(shared);
  if (type.options.snapshot_every > 0)
    around->fingerprint = actors::snapshot_fingerprint(type);
  around->type = std::move(type);
  around->event_ids = std::move(ids);
  around->counted = counters_;
  around->queue_max = around_->like.queue_max;
  around->in_flight_max = around_->like.in_flight_max;
  around->snapshots_in_flight_max = around_->like.snapshots_in_flight_max;
  return around;
}

void simulated_process::send(sending& sent, detail::reply then) {
  actors::command_envelope::order order;
  order.stream = sent.stream;
  order.asked = sent.asked;
  order.circumstances = {timestamp{}, sent.id};
  order.from = {sent.id, sent.id, numbered_uuid(sent.number)};
  order.retry = sent.retry;
  order.deadline = actors::command_envelope::clock::now() + never;
  order.then = std::move(then);
  must(gate_->enter(order.asked.bytes));
  auto envelope = std::make_shared<actors::command_envelope>(std::move(order),
                                                             gate_, counters_);
  sent.envelope = envelope;
  system_.send(router_, std::move(envelope));
}

void simulated_process::step() {
  const auto which = around_->by.index(system_.ready());
  around_->trace.mix(which);
  system_.step(which);
}

} // namespace cafes::test
