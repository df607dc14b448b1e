// SPDX-License-Identifier: MIT
#pragma once

#include "tests/simulation/answer_check.hpp"
#include "tests/simulation/callers.hpp"
#include "tests/simulation/model_server.hpp"
#include "tests/simulation/model_store.hpp"
#include "tests/simulation/simulated_process.hpp"
#include "tests/simulation/stored_history.hpp"
#include "tests/simulation/world.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace cafes::test {

/// What came of a simulation.
struct simulated {
  std::optional<broken_promise> broken;
  /// Of all that happened.
  std::uint64_t hash = 0;
  /// The last things that happened.
  std::string trace;
  std::size_t sent = 0;
  std::size_t accepted = 0;
  std::size_t refused = 0;
  std::size_t failed = 0;
  std::size_t processes = 0;
};

/// One run of the write side, by a seed: who runs when, what is sent, what
/// goes wrong, and how time goes by. The same seed is the same run.
class simulation {
public:
  explicit simulation(std::uint64_t seed) : around_{seed} {}

  /// Until a promise is broken, or all that was sent has been answered, and
  /// all streams work again when nothing goes wrong any more.
  [[nodiscard]] simulated run();

private:
  void go_on();
  void take_turn();
  void go_wrong();
  void start();
  void end(bool crashes);
  void send(sending& one);
  void hear(sending& one, detail::erased_outcome&& ended);
  void send_some();
  void let_other_take();
  void let_other_write();
  void expire_one();
  void heal();
  void settle();
  void probe();
  void probe_again(const sending& first);
  [[nodiscard]] std::size_t pending() const;
  [[nodiscard]] bool may_happen(int in_ten_thousand);

  world around_;
  model_server server_{around_};
  std::shared_ptr<model_store> store_ = std::make_shared<model_store>(server_);
  sendings sent_;
  stored_history stored_{around_, *server_.log(), sent_};
  answer_check check_{around_, stored_, sent_};
  callers callers_{around_, sent_};
  std::unique_ptr<simulated_process> process_;
  std::size_t processes_ = 0;
  /// What the log held when another owner took it from the running process,
  /// which may not have heard of it: it knows of nothing later.
  std::map<stream_name, version> fenced_at_;
};

} // namespace cafes::test
