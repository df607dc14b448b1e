// SPDX-License-Identifier: MIT
#pragma once

#include "actors/messages.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/scheduler/test_coordinator.hpp>
#include <caf/send.hpp>
#include <caf/skip.hpp>
#include <caf/unit.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace cafes::test {

/// Actors that run only when a test says so, one message at a time, in
/// virtual time.
class simulated_system {
public:
  simulated_system() {
    config_.set("scheduler.policy", caf::atom("testing"));
    system_ = std::make_unique<caf::actor_system>(config_);
    scheduler_
      = dynamic_cast<caf::scheduler::test_coordinator*>(&system_->scheduler());
  }

  ~simulated_system() {
    for (auto& each : std::exchange(actors_, {}))
      caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
    run();
  }

  simulated_system(const simulated_system&) = delete;
  simulated_system& operator=(const simulated_system&) = delete;

  template <class... Arguments>
  caf::actor spawn(Arguments&&... arguments) {
    actors_.push_back(system_->spawn(std::forward<Arguments>(arguments)...));
    return actors_.back();
  }

  /// An actor that keeps the messages of one type.
  template <class Message>
  caf::actor keep(std::vector<Message>& kept) {
    return spawn([&kept](caf::event_based_actor*) -> caf::behavior {
      return {[&kept](const Message& message) { kept.push_back(message); }};
    });
  }

  /// An actor that never answers.
  caf::actor deaf() {
    return spawn([](caf::event_based_actor* self) -> caf::behavior {
      self->set_default_handler(caf::skip);
      return {[](caf::unit_t) {}};
    });
  }

  template <class... Message>
  void send(const caf::actor& to, Message&&... message) {
    caf::anon_send(to, std::forward<Message>(message)...);
  }

  /// Until no message is waiting.
  void run() { scheduler_->run(); }

  /// One message of whoever is next.
  void step() { scheduler_->run_once(); }

  /// So many actors could run now.
  [[nodiscard]] std::size_t ready() const { return scheduler_->jobs.size(); }

  /// One message of the actor at this place among those that could run.
  void step(std::size_t which) {
    std::swap(scheduler_->jobs.front(), scheduler_->jobs[which]);
    scheduler_->run_once();
  }

  [[nodiscard]] bool has_work() const { return scheduler_->has_job(); }

  void advance(std::chrono::milliseconds time) {
    pass(time);
    run();
  }

  /// Time goes by, and nobody runs.
  void pass(std::chrono::milliseconds time) { scheduler_->advance_time(time); }

  [[nodiscard]] caf::actor_system& system() { return *system_; }

private:
  caf::actor_system_config config_;
  std::unique_ptr<caf::actor_system> system_;
  caf::scheduler::test_coordinator* scheduler_ = nullptr;
  std::vector<caf::actor> actors_;
};

/// Whether an actor has ended.
[[nodiscard]] inline bool has_ended(const caf::actor& actor) {
  return caf::actor_cast<caf::abstract_actor*>(actor)->getf(
    caf::abstract_actor::is_terminated_flag);
}

} // namespace cafes::test
