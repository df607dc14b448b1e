// SPDX-License-Identifier: MIT
#pragma once

#include "actors/write/log_writer.hpp"
#include "tests/support/faulty_store.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/simulated_system.hpp"

#include <caf/actor_config.hpp>
#include <caf/make_actor.hpp>
#include <caf/monitorable_actor.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cafes::test {

struct writer_conditions {
  std::chrono::milliseconds in_doubt_max{0};
  std::size_t feed_backlog_max = 100'000'000;
};

/// A sender that does something the moment it is told.
class watchful_sender final : public caf::monitorable_actor {
public:
  using hear = std::function<void(const actors::append_verdict&)>;

  watchful_sender(caf::actor_config& config, hear when_told)
    : caf::monitorable_actor{config}, when_told_{std::move(when_told)} {}

  static caf::actor make(caf::actor_system& system, hear when_told) {
    caf::actor_config config;
    return caf::make_actor<watchful_sender, caf::actor>(system.next_actor_id(),
                                                        system.node(), &system,
                                                        config,
                                                        std::move(when_told));
  }

  void enqueue(caf::mailbox_element_ptr told, caf::execution_unit*) override {
    const auto& content = told->content();
    if (content.match_elements<actors::append_verdict>())
      when_told_(content.get_as<actors::append_verdict>(0));
  }

private:
  hear when_told_;
};

/// A log writer's actor alone: the test is all its senders, and the feed.
struct lone_writer {
  explicit lone_writer(const writer_conditions& like = {}) {
    auto around = std::make_shared<actors::log_writer_surroundings>();
    around->session = must(store.open_writer());
    must(around->session->acquire("test", std::chrono::milliseconds{0}));
    const std::vector<detail::event_type> types{{"test.happened", 1, "{}"}};
    type = must(around->session->register_types(types)).at(0);
    around->told.types = {{type, types[0]}};
    around->told.feed = system.spawn([this](caf::event_based_actor*) {
      return caf::behavior{[this](const actors::committed_batch& batch) {
                             published.push_back(batch);
                           },
                           [this](actors::end_unknown) { ++ends_unknown; }};
    });
    around->counted = counted;
    around->stop = stop;
    around->in_doubt_max = like.in_doubt_max;
    around->on_lost = [this](const error& why) { lost.push_back(why); };
    around->told.feed_backlog = backlog;
    around->told.feed_backlog_max = like.feed_backlog_max;
    actor = system.spawn(actors::log_writer_actor, around);
    system.run();
  }

  void order(int stream, int at_version = 0, int events = 1,
             const std::string& data = "{}") {
    auto made = std::make_shared<actors::append_order>();
    made->request.stream = {"tally", std::to_string(stream)};
    made->request.expected
      = store::expected_version::exactly(version{at_version});
    made->request.loaded = true;
    for (int n = 0; n < events; ++n)
      made->request.events.push_back({type, data, ""});
    made->sender = sender_of(stream);
    made->ticket = ++tickets;
    system.send(actor, std::move(made));
  }

  /// Each stream has its own.
  const caf::actor& sender_of(int stream) {
    auto& sender = senders[stream];
    if (!sender)
      sender = watchful_sender::make(
        system.system(), [this](const actors::append_verdict& told) {
          verdicts.push_back(told);
        });
    return sender;
  }

  /// The code of the n-th verdict.
  [[nodiscard]] errc code(std::size_t verdict) const {
    return verdicts.at(verdict).outcome.error().code;
  }

  [[nodiscard]] std::vector<int> published_positions() const {
    std::vector<int> at;
    for (const auto& batch : published)
      for (const auto& event : *batch)
        at.push_back(static_cast<int>(event.at.value()));
    return at;
  }

  std::vector<actors::append_verdict> verdicts;
  std::vector<actors::committed_batch> published;
  std::vector<error> lost;
  int ends_unknown = 0;
  std::shared_ptr<std::atomic<std::size_t>> backlog
    = std::make_shared<std::atomic<std::size_t>>(0);
  faulty_store store;
  std::shared_ptr<actors::counters> counted
    = std::make_shared<actors::counters>();
  std::shared_ptr<actors::stop_signal> stop
    = std::make_shared<actors::stop_signal>();
  store::type_id type;
  std::uint64_t tickets = 0;
  simulated_system system;
  std::map<int, caf::actor> senders;
  caf::actor actor;
};

/// 1, 2, … to the last.
inline std::vector<int> one_to(int last) {
  std::vector<int> all;
  for (int n = 1; n <= last; ++n)
    all.push_back(n);
  return all;
}

} // namespace cafes::test
