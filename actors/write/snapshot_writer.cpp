// SPDX-License-Identifier: MIT
#include "actors/write/snapshot_writer.hpp"

#include "actors/fault_injection.hpp"
#include "actors/journal.hpp"

#include <caf/event_based_actor.hpp>

#include <utility>

namespace cafes::actors {

caf::behavior snapshot_writer_actor(snapshot_writer::actor_type* self,
                                    std::shared_ptr<store::log_store> store,
                                    std::shared_ptr<counters> counted) {
  return self->state.start(std::move(store), std::move(counted));
}

caf::behavior snapshot_writer::start(std::shared_ptr<store::log_store> store,
                                     std::shared_ptr<counters> counted) {
  store_ = std::move(store);
  counted_ = std::move(counted);
  return {
    [this](snapshot_ptr& taken) {
      waiting_.push_back(std::move(taken));
      if (!std::exchange(scheduled_, true))
        self_->send(self_, keep_waiting{});
    },
    [this](keep_waiting) {
      scheduled_ = false;
      keep();
    },
  };
}

void snapshot_writer::keep() {
  std::vector<store::kept_snapshot> all;
  all.reserve(waiting_.size());
  for (const auto& each : std::exchange(waiting_, {}))
    all.push_back(std::move(*each));
  const auto stored = store_all(all);
  fault_point("after_snapshot");
  counted_->snapshots_in_flight -= all.size();
  if (stored) {
    counted_->snapshots_written += all.size();
    return;
  }
  counted_->snapshots_skipped += all.size();
  journal().warn("{} snapshots not stored: {}", all.size(),
                 stored.error().message);
}

expected<void>
snapshot_writer::store_all(const std::vector<store::kept_snapshot>& all) {
  if (!session_) {
    auto opened = store_->open_snapshot_writer();
    if (!opened)
      return failure_of(opened);
    session_ = *std::move(opened);
  }
  return session_->keep(all);
}

} // namespace cafes::actors
