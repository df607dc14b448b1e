// SPDX-License-Identifier: MIT
#pragma once

#include "actors/messages.hpp"
#include "store/log_store.hpp"

#include <caf/behavior.hpp>
#include <caf/stateful_actor.hpp>

#include <memory>
#include <utility>
#include <vector>

namespace cafes::actors {

/// A reader session on a thread of its own, since it blocks: recovers
/// aggregates, as many as wait in one query, or reads pages for the feed. The
/// number of these actors bounds the reads under way.
class log_reader_actor_state {
public:
  using actor_type = caf::stateful_actor<log_reader_actor_state>;

  explicit log_reader_actor_state(actor_type* self) : self_{self} {}

  caf::behavior start(std::shared_ptr<store::log_store> store);

  const char* name = "log_reader";

private:
  void recover();
  void begin(const std::vector<recovery_order_ptr>& orders);
  void go_on(const recovery_order& order);
  [[nodiscard]] page_read read(const pull& asked);

  template <class Read>
  auto with_session(Read&& read)
    -> decltype(read(std::declval<store::log_reader&>())) {
    if (!session_) {
      auto opened = store_->open_reader();
      if (!opened)
        return failure_of(opened);
      session_ = *std::move(opened);
    }
    return read(*session_);
  }

  actor_type* self_;
  std::shared_ptr<store::log_store> store_;
  std::unique_ptr<store::log_reader> session_;
  std::vector<recovery_order_ptr> waiting_;
  bool scheduled_ = false;
};

[[nodiscard]] caf::behavior
log_reader_actor(log_reader_actor_state::actor_type* self,
                 std::shared_ptr<store::log_store> store);

} // namespace cafes::actors
