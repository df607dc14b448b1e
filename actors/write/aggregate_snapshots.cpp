// SPDX-License-Identifier: MIT
#include "actors/fault_injection.hpp"
#include "actors/journal.hpp"
#include "actors/write/aggregate_actor.hpp"
#include "actors/write/snapshot_content.hpp"

#include <caf/event_based_actor.hpp>

#include <utility>

namespace cafes::actors {

namespace {

/// An actor of CAF with our state and little in its lists.
constexpr std::size_t bytes_of_idle = 2048;

} // namespace

/// The state is encoded now, ahead of the log; its snapshot is sent when the
/// log has come so far, since only what is durable may be kept.
void aggregate::take_snapshot_if_due() {
  const auto every = around_->type.options.snapshot_every;
  if (every <= 0 || snapshot_ || version_ == snapshot_at_)
    return;
  if (version_.value() - snapshot_at_.value() < every && !was_slow_)
    return;
  was_slow_ = false;
  snapshot_at_ = version_; // also if it fails: the next try is so much later
  auto state = state_->save();
  if (!state) {
    ++around_->counted->snapshots_skipped;
    journal().warn("{}@{} snapshot: {}", to_string(stream_), version_.value(),
                   state.error().message);
    return;
  }
  snapshot_ = std::make_unique<unsent_snapshot>(
    unsent_snapshot{version_, *std::move(state)});
  send_snapshot_if_durable();
}

void aggregate::send_snapshot_if_durable() {
  if (!snapshot_ || durable_ < snapshot_->at_version)
    return;
  auto taken = std::exchange(snapshot_, {});
  auto& under_way = around_->counted->snapshots_in_flight;
  if (++under_way > around_->snapshots_in_flight_max) {
    --under_way;
    ++around_->counted->snapshots_skipped;
    return;
  }
  fault_point("before_snapshot");
  auto kept = std::make_shared<store::kept_snapshot>();
  kept->stream = id_;
  kept->taken
    = {taken->at_version, around_->fingerprint,
       encode({std::move(taken->state), window_.up_to(taken->at_version),
               window_.covers_whole_stream()})};
  self_->send(around_->snapshot_writer, std::move(kept));
}

/// Keeps the estimate of what all aggregates take.
void aggregate::account() {
  const auto now = bytes_of_idle + window_.bytes();
  if (now != accounted_)
    around_->counted->aggregate_bytes += now - accounted_;
  accounted_ = static_cast<std::uint32_t>(now);
}

} // namespace cafes::actors
