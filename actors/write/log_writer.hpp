// SPDX-License-Identifier: MIT
#pragma once

#include "actors/counters.hpp"
#include "actors/messages.hpp"
#include "actors/stop_signal.hpp"
#include "store/log_writer_session.hpp"

#include <caf/actor.hpp>
#include <caf/behavior.hpp>
#include <caf/stateful_actor.hpp>

#include <atomic>
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
  /// Every registered type, by number.
  std::vector<std::pair<store::type_id, detail::event_type>> types;
  /// None where nobody follows the log.
  caf::actor feed;
  /// Bytes of batches that the feed has not taken yet; above the bound it is
  /// told to read the store.
  std::shared_ptr<std::atomic<std::size_t>> feed_backlog;
  std::size_t feed_backlog_max = 0;
  std::shared_ptr<counters> counted;
  std::shared_ptr<stop_signal> stop;
  std::chrono::milliseconds in_doubt_max{0};
  /// Called once when the log is lost, on the writer's thread.
  std::function<void(const error&)> on_lost;
};

/// Writes a log: takes whatever waits when the session is free, one batch at a
/// time, on a thread of its own, since it blocks. Answers every order; those
/// of a batch while the server works on the next one.
class log_writer {
public:
  using actor_type = caf::stateful_actor<log_writer>;

  explicit log_writer(actor_type* self) : self_{self} {}

  caf::behavior start(std::shared_ptr<log_writer_surroundings> around);

  const char* name = "log_writer";

private:
  struct batch {
    std::vector<store::append_request> requests;
    /// Sender and ticket of each request.
    std::vector<append_order_ptr> orders;
  };

  using outcomes = std::vector<store::append_outcome>;

  /// A batch whose outcome is known to nobody but us.
  struct untold_batch {
    batch written;
    outcomes ended;
  };

  void take(append_order_ptr order);
  void schedule();
  void write();
  [[nodiscard]] batch take_batch();
  [[nodiscard]] expected<outcomes> resolve();
  [[nodiscard]] bool settle_doubt();
  void settle_later();
  void know_end();
  void forget_end();
  void lose_if_ended();
  void lose(const error& why);
  void refuse_waiting(const error& why);
  void distrust(const append_order& failed);
  void distrust_failed(const batch& written, const outcomes& ended);
  void refuse(const append_order& order, error why);
  void tell();
  void answer(const batch& written, const outcomes& ended);
  void answer_all(const batch& written, const error& why);
  void publish(batch& written, const outcomes& ended);
  [[nodiscard]] std::vector<recorded_event>
  events_of(batch& written, const outcomes& ended) const;

  actor_type* self_;
  std::shared_ptr<log_writer_surroundings> around_;
  std::deque<append_order_ptr> waiting_;
  bool scheduled_ = false;
  std::optional<untold_batch> untold_;
  /// Senders whose later orders count on one that was not stored.
  std::unordered_set<caf::actor_id> distrusted_;
  /// Written or not, nobody knows yet; its senders may have been told so.
  std::optional<batch> in_doubt_;
  bool doubt_told_ = false;
  bool settling_later_ = false;
  std::optional<error> lost_;
};

[[nodiscard]] caf::behavior
log_writer_actor(log_writer::actor_type* self,
                 std::shared_ptr<log_writer_surroundings> around);

} // namespace cafes::actors
