// SPDX-License-Identifier: MIT
#pragma once

#include "actors/messages.hpp"
#include "store/log_store.hpp"

#include <caf/behavior.hpp>
#include <caf/stateful_actor.hpp>

#include <memory>
#include <utility>

namespace cafes::actors {

/// A reader session on a thread of its own, since it blocks: recovers
/// aggregates, or reads pages for the feed. One request at a time, so the
/// number of these actors bounds the reads under way.
class log_reader_actor_state {
public:
  explicit log_reader_actor_state(caf::event_based_actor*) {}

  caf::behavior start(std::shared_ptr<store::log_store> store);

  const char* name = "log_reader";

private:
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

  std::shared_ptr<store::log_store> store_;
  std::unique_ptr<store::log_reader> session_;
};

[[nodiscard]] caf::behavior
log_reader_actor(caf::stateful_actor<log_reader_actor_state>* self,
                 std::shared_ptr<store::log_store> store);

} // namespace cafes::actors
