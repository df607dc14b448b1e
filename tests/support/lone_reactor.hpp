// SPDX-License-Identifier: MIT
#pragma once

#include "actors/react/reaction_runner.hpp"
#include "actors/react/reactor_actor.hpp"
#include "actors/read/log_reader_actor.hpp"
#include "tests/support/diary.hpp"
#include "tests/support/faulty_store.hpp"
#include "tests/support/printing.hpp"
#include "tests/support/simulated_system.hpp"

#include <caf/group_manager.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace cafes::test {

[[nodiscard]] inline reactor_options from_the_beginning() {
  reactor_options options;
  options.begin = start_at::beginning;
  options.attempts_max = 3;
  return options;
}

/// A reactor's actor whose feed is a reader of the store, and whose reactions
/// run when the test says so, one after the other.
struct lone_reactor {
  explicit lone_reactor(const reactor_options& options = from_the_beginning()) {
    writer = must(store.open_writer());
    must(writer->acquire("test", std::chrono::milliseconds{0}));
    const auto types = detail::make_aggregate_type<tally>().events;
    type = must(writer->register_types(types)).at(0);
    around = std::make_shared<actors::reactor_surroundings>();
    around->type
      = definition{}.reactor<diary>(diary{pages}, options).reactors().at(0);
    around->store = std::shared_ptr<store::log_store>{std::shared_ptr<void>{},
                                                      &store};
    around->feed = system.spawn(actors::log_reader_actor, around->store);
    around->hints = hints = system.system().groups().get_local("test");
    around->progress = progress;
    around->page_events_max = 10;
    around->poll_interval = std::chrono::seconds{1};
    around->start_runner = [options](caf::event_based_actor* parent) {
      return parent->spawn<caf::linked>(actors::reaction_runner_actor,
                                        std::string{"diary"},
                                        options.handler_time_max);
    };
  }

  ~lone_reactor() { around.reset(); }

  void start() {
    actor = system.spawn(
      actors::reactor_actor,
      std::shared_ptr<const actors::reactor_surroundings>{around});
    system.run();
  }

  void stop() {
    caf::anon_send_exit(actor, caf::exit_reason::user_shutdown);
    system.run();
  }

  void append(const std::string& key, const std::vector<std::string>& notes) {
    store::append_request request;
    request.stream = {"tally", key};
    for (const auto& note : notes)
      request.events.push_back(
        {type, R"({"amount":1,"note":")" + note + "\"}", ""});
    must(must(writer->append(std::vector{request})).at(0));
  }

  void hint(int head) {
    caf::send_as(caf::actor{}, hints, actors::head_hint{position{head}});
    system.run();
  }

  [[nodiscard]] projection_status status() const {
    return progress->status(position{});
  }

  [[nodiscard]] std::int64_t cursor() const {
    return progress->checkpoint().value();
  }

  std::unique_ptr<store::view_operator> asks() {
    return must(store.open_view_operator());
  }

  std::vector<parked_event> parked() {
    return must(asks()->parked(view, position{}, 100));
  }

  void wish(const std::string& key, parked_wish wish) {
    must(asks()->wish(view, key, wish));
    system.advance(std::chrono::seconds{1});
  }

  faulty_store store;
  std::unique_ptr<store::log_writer_session> writer;
  store::type_id type;
  std::shared_ptr<diary_pages> pages = std::make_shared<diary_pages>();
  const store::view_identity view{"diary", 1, "reactor"};
  std::shared_ptr<actors::projection_progress> progress
    = std::make_shared<actors::projection_progress>("diary", 1,
                                                    projection_kind::reactor);
  simulated_system system;
  caf::group hints;
  std::shared_ptr<actors::reactor_surroundings> around;
  caf::actor actor;
};

} // namespace cafes::test
