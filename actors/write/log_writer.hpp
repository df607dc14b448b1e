// SPDX-License-Identifier: MIT
#pragma once

#include "actors/counters.hpp"
#include "actors/messages.hpp"
#include "actors/stop_signal.hpp"
#include "actors/write/verdict_teller.hpp"
#include "store/log_writer_session.hpp"

#include <caf/actor.hpp>
#include <caf/behavior.hpp>
#include <caf/stateful_actor.hpp>

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_set>
#include <vector>

namespace cafes::actors {

struct log_writer_surroundings {
  std::unique_ptr<store::log_writer_session> session;
  verdict_teller_surroundings told;
  std::shared_ptr<counters> counted;
  std::shared_ptr<stop_signal> stop;
  std::chrono::milliseconds in_doubt_max{0};
  /// Called once when the log is lost, on the writer's thread.
  std::function<void(const error&)> on_lost;
};

/// Writes a log: takes whatever waits when the session is free, one batch at a
/// time, on a thread of its own, since it blocks. Has every order answered.
class log_writer {
public:
  using actor_type = caf::stateful_actor<log_writer>;

  explicit log_writer(actor_type* self) : self_{self} {}

  caf::behavior start(std::shared_ptr<log_writer_surroundings> around);

  const char* name = "log_writer";

private:
  void take(append_order_ptr order);
  void schedule();
  void write();
  [[nodiscard]] log_batch_ptr take_batch();
  [[nodiscard]] expected<std::vector<store::append_outcome>> resolve();
  [[nodiscard]] bool settle_doubt();
  void settle_later();
  void conclude(log_batch_ptr written,
                std::vector<store::append_outcome> outcomes);
  void know_end();
  void forget_end();
  void lose_if_ended();
  void lose(const error& why);
  void refuse_waiting(const error& why);
  void distrust(const append_order& failed);
  void distrust_failed(const log_batch& ended);
  void refuse(const append_order& order, error why);
  void refuse_all(const log_batch& failed, const error& why);

  actor_type* self_;
  std::shared_ptr<log_writer_surroundings> around_;
  caf::actor teller_;
  std::deque<append_order_ptr> waiting_;
  bool scheduled_ = false;
  /// An empty one whose memory is used again.
  log_batch_ptr spare_;
  /// Senders whose later orders count on one that was not stored.
  std::unordered_set<caf::actor_id> distrusted_;
  /// Written or not, nobody knows yet; its senders may have been told so.
  log_batch_ptr in_doubt_;
  bool doubt_told_ = false;
  bool settling_later_ = false;
  std::optional<error> lost_;
};

[[nodiscard]] caf::behavior
log_writer_actor(log_writer::actor_type* self,
                 std::shared_ptr<log_writer_surroundings> around);

} // namespace cafes::actors
