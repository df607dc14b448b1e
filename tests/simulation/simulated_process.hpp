// SPDX-License-Identifier: MIT
#pragma once

#include "actors/admission.hpp"
#include "actors/counters.hpp"
#include "actors/write/command_router.hpp"
#include "actors/write/log_writer.hpp"
#include "tests/simulation/model_store.hpp"
#include "tests/simulation/sending.hpp"
#include "tests/support/simulated_system.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cafes::test {

/// The write side of a runtime, all of it but the threads: router, aggregates,
/// log writer, readers and snapshot writer on a model store.
class simulated_process {
public:
  /// Null when the log cannot be taken.
  static std::unique_ptr<simulated_process>
  start(world& around, const std::shared_ptr<model_store>& store,
        const std::string& name);

  simulated_process(world& around, std::shared_ptr<model_store> store,
                    std::unique_ptr<store::log_writer_session> session);
  ~simulated_process();
  simulated_process(const simulated_process&) = delete;
  simulated_process& operator=(const simulated_process&) = delete;

  /// `then` hears the answer.
  void send(sending& sent, detail::reply then);

  [[nodiscard]] bool has_work() const { return system_.has_work(); }
  /// One message of any actor that could run.
  void step();
  void pass(std::chrono::milliseconds time) { system_.pass(time); }

  [[nodiscard]] bool has_lost_log() const { return has_lost_log_; }
  [[nodiscard]] std::size_t commands_under_way() const {
    return gate_->commands();
  }
  [[nodiscard]] std::shared_ptr<const actors::counters> counted() const {
    return counters_;
  }

private:
  using type_ids = std::vector<store::type_id>;

  void start_actors(std::unique_ptr<store::log_writer_session> session);
  [[nodiscard]] std::shared_ptr<const actors::aggregate_surroundings>
  surroundings(detail::aggregate_type type, type_ids ids,
               const actors::aggregate_surroundings& shared) const;

  world* around_;
  std::shared_ptr<model_store> store_;
  std::shared_ptr<actors::counters> counters_
    = std::make_shared<actors::counters>();
  std::shared_ptr<actors::admission> gate_
    = std::make_shared<actors::admission>(
      actors::admission_limits{100'000, 100'000'000});
  bool has_lost_log_ = false;
  caf::actor router_;
  simulated_system system_;
};

} // namespace cafes::test
