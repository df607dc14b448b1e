// SPDX-License-Identifier: MIT
#pragma once

#include "actors/read/log_reader_actor.hpp"
#include "actors/read/projection_actor.hpp"
#include "tests/support/faulty_store.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/simulated_system.hpp"
#include "tests/support/tally.hpp"

#include <caf/group_manager.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace cafes::test {

/// A projection's actor whose feed is a reader of the store.
struct lone_projection {
  lone_projection() {
    writer = must(store.open_writer());
    must(writer->acquire("test", std::chrono::milliseconds{0}));
    const auto types = detail::make_aggregate_type<tally>().events;
    type = must(writer->register_types(types)).at(0);
    around = std::make_shared<actors::projection_surroundings>();
    around->type = detail::make_projection_type<sums>();
    around->store = std::shared_ptr<store::log_store>{std::shared_ptr<void>{},
                                                      &store};
    around->feed = system.spawn(actors::log_reader_actor, around->store);
    around->hints = hints = system.system().groups().get_local("test");
    around->progress = progress;
    around->page_events_max = 10;
    around->poll_interval = std::chrono::seconds{1};
  }

  ~lone_projection() { around.reset(); }

  void start() {
    actor = system.spawn(
      actors::projection_actor,
      std::shared_ptr<const actors::projection_surroundings>{around});
    system.run();
  }

  void append(int events) {
    store::append_request request;
    request.stream = {"tally", "1"};
    for (int n = 0; n < events; ++n)
      request.events.push_back({type, R"({"amount":1,"note":""})", ""});
    must(must(writer->append(std::vector{request})).at(0));
  }

  void hint(int head) {
    caf::send_as(caf::actor{}, hints, actors::head_hint{position{head}});
    system.run();
  }

  [[nodiscard]] std::int64_t checkpoint() const {
    return progress->checkpoint().value();
  }

  [[nodiscard]] std::string document() {
    auto reader = must(store.open_view_reader());
    return must(reader->find(store::view_of(around->type), "1"))
      .document.value_or("none");
  }

  faulty_store store;
  std::unique_ptr<store::log_writer_session> writer;
  store::type_id type;
  std::shared_ptr<actors::projection_progress> progress
    = std::make_shared<actors::projection_progress>("sums", 1);
  simulated_system system;
  caf::group hints;
  std::shared_ptr<actors::projection_surroundings> around;
  caf::actor actor;
};

} // namespace cafes::test
