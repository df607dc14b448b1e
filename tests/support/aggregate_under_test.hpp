// SPDX-License-Identifier: MIT
#pragma once

#include "actors/messages.hpp"
#include "actors/read/log_reader_actor.hpp"
#include "actors/write/aggregate_actor.hpp"
#include "actors/write/snapshot_content.hpp"
#include "domain/account.hpp"
#include "tests/support/faulty_store.hpp"
#include "tests/support/heard.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/simulated_system.hpp"
#include "tests/support/tally.hpp"

#include <cafes/detail/typed_aggregate.hpp>

#include <chrono>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

namespace cafes::test {

inline uuid id_of(int number) {
  return name_uuid(uuid{}, std::to_string(number));
}

inline error conflict() {
  return {errc::version_conflict, "by the test"};
}

inline store::appended stored_at(int last) {
  store::appended stored;
  stored.last_version = version{last};
  stored.last_position = position{last};
  return stored;
}

struct aggregate_conditions {
  std::size_t queue_max = 100;
  std::size_t in_flight_max = 100;
  aggregate_options options{.snapshot_every = 0};
  std::size_t snapshots_in_flight_max = 10;
  /// A reader that never answers.
  bool deaf_reader = false;
};

/// An aggregate's actor alone: the test is its log writer.
template <class Decider>
class lone_aggregate {
public:
  explicit lone_aggregate(const aggregate_conditions& like = {}) {
    auto around = std::make_shared<actors::aggregate_surroundings>();
    around->type = detail::make_aggregate_type<Decider>(like.options);
    if (like.options.snapshot_every > 0)
      around->fingerprint = actors::snapshot_fingerprint(around->type);
    around->event_ids = must(writer->register_types(around->type.events));
    around->numbers = writer->numbers();
    around->log_writer
      = system.spawn([this](caf::event_based_actor*) -> caf::behavior {
          return {[this](const actors::append_order_ptr& order) {
                    orders.push_back(order);
                  },
                  [this](actors::forgive) { ++forgiven; }};
        });
    around->snapshot_writer = system.keep(snapshots);
    readers = {like.deaf_reader
                 ? system.deaf()
                 : system.spawn(actors::log_reader_actor,
                                std::shared_ptr<store::log_store>{
                                  std::shared_ptr<void>{}, &store_log})};
    around->log_readers = readers;
    around->counted = counted;
    around->queue_max = like.queue_max;
    around->in_flight_max = like.in_flight_max;
    around->snapshots_in_flight_max = like.snapshots_in_flight_max;
    types = around->event_ids;
    actor = system.spawn(
      actors::aggregate_actor,
      std::shared_ptr<const actors::aggregate_surroundings>{around}, stream,
      system.deaf());
  }

  template <class Command>
  heard_ptr
  send_without_running(Command asked, const send_options& options = {}) {
    return under_way.send(
      system, actor, stream,
      detail::erase_command<Command, Decider>(std::move(asked)), options);
  }

  template <class Command>
  heard_ptr send(Command asked, const send_options& options = {}) {
    auto told = send_without_running(std::move(asked), options);
    system.run();
    return told;
  }

  /// Events in the store that this actor did not write.
  void stored_before(int events, const uuid& command = {}) {
    store::append_request request;
    request.stream = stream;
    request.from.command_id = command;
    for (; events > 0; --events) {
      request.events.push_back({types.at(0), R"({"amount":1,"note":""})", ""});
      if (events == 1 || request.events.size() == 1000) {
        append(request);
        request.events.clear();
      }
    }
  }

  /// An event in the store that this actor did not write.
  store::stream_id store_event(std::size_t type, const std::string& data,
                               const uuid& command) {
    store::append_request request;
    request.stream = stream;
    request.from.command_id = command;
    request.events.push_back({types.at(type), data, ""});
    return must(append(request)).id;
  }

  void verdict_without_running(std::size_t order,
                               store::append_outcome outcome) {
    system.send(actor, actors::append_verdict{orders.at(order)->ticket,
                                              std::move(outcome)});
  }

  void verdict(std::size_t order, store::append_outcome outcome) {
    verdict_without_running(order, std::move(outcome));
    system.run();
  }

  /// The log refuses these as it does after a failure.
  void refuse(std::initializer_list<std::size_t> later) {
    for (const auto order : later)
      fail(order, {errc::version_conflict, "an earlier one was not stored"});
  }

  void fail(std::size_t order, const error& why) {
    verdict(order, unexpected<error>{why});
  }

  /// Has an order written, and the verdict sent.
  void write(std::size_t order) {
    verdict(order, append(orders.at(order)->request));
  }

  /// Ends the actor, which drops what it holds.
  void stop() {
    caf::anon_send_exit(actor, caf::exit_reason::user_shutdown);
    system.run();
  }

  void lose() {
    system.send(actor, actors::log_lost{{errc::not_owner, "lost"}});
    system.run();
  }

  std::vector<caf::actor> readers;
  std::vector<actors::append_order_ptr> orders;
  int forgiven = 0;
  std::vector<actors::snapshot_ptr> snapshots;
  faulty_store store_log;
  std::unique_ptr<store::log_writer_session> writer = [this] {
    auto session = must(store_log.open_writer());
    must(session->acquire("test", std::chrono::milliseconds{0}));
    return session;
  }();
  commands_under_way under_way;
  std::shared_ptr<actors::counters> counted = under_way.counted;
  stream_name stream{std::string{Decider::category}, "1"};
  std::vector<store::type_id> types;
  simulated_system system;
  caf::actor actor;

private:
  store::append_outcome append(const store::append_request& request) {
    return must(writer->append(std::vector{request})).at(0);
  }
};

using aggregate_under_test = lone_aggregate<tally>;
using bank_account_under_test = lone_aggregate<bank::account>;

/// Has the newest order written, which must be this command's.
template <class Aggregate>
void must_accept(const heard_ptr& told, Aggregate& under) {
  under.write(under.orders.size() - 1);
  static_cast<void>(told->accepted());
}

} // namespace cafes::test
