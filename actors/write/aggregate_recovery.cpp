// SPDX-License-Identifier: MIT
#include "actors/journal.hpp"
#include "actors/write/aggregate_actor.hpp"
#include "actors/write/snapshot_content.hpp"

#include <caf/event_based_actor.hpp>

#include <functional>
#include <utility>

namespace cafes::actors {

void aggregate::recover() {
  if (tickets_ > 0)
    self_->send(around_->log_writer, forgive{self_->id()});
  if (looking_up_)
    again_.push_back(std::exchange(looking_up_, {}));
  waiting_.splice(waiting_.begin(), again_);
  is_recovering_ = true;
  must_reload_ = false;
  is_spoilt_ = false;
  was_slow_ = false;
  ++attempt_;
  state_ = around_->type.initial();
  version_ = {};
  durable_ = {};
  snapshot_at_ = {};
  snapshot_.reset();
  id_ = {};
  window_ = command_window{};
  self_->become(recovering());
  read_on();
}

void aggregate::read_on() {
  auto order = std::make_shared<recovery_order>();
  order->stream = stream_;
  order->after = version_;
  order->fingerprint = around_->fingerprint;
  order->sender = caf::actor_cast<caf::actor>(self_);
  order->attempt = attempt_;
  self_->send(reader(), std::move(order));
}

void aggregate::fold(const recovery_page& page) {
  if (page.attempt != attempt_)
    return;
  if (!*page.read)
    return give_up(page.read->error());
  const auto& read = **page.read;
  id_ = read.id;
  was_slow_ = was_slow_ || page.took > around_->type.options.snapshot_after;
  if (read.foreign_snapshot)
    ++around_->counted->snapshots_ignored;
  // What follows a snapshot that is of no use does not begin at the beginning.
  if (read.snapshot && !use_snapshot(read))
    return;
  if (!fold_events(read))
    return;
  durable_ = version_;
  if (page.more)
    return read_on();
  is_recovering_ = false;
  self_->become(running());
  account();
  take_snapshot_if_due();
  advance();
}

/// False when the stream has to be read without it.
bool aggregate::use_snapshot(const store::recovered_stream& read) {
  const auto& kept = *read.snapshot;
  auto content = decode_snapshot(kept.content);
  if (content) {
    auto taken = guarded([&] { return state_->restore(content->state); });
    if (taken) {
      window_.restore(content->commands, content->whole);
      version_ = kept.at_version;
      snapshot_at_ = version_;
      return true;
    }
    content = failure_of(taken);
  }
  ++around_->counted->snapshots_ignored;
  journal().warn("{}@{} {}: read from its first event instead",
                 to_string(stream_), kept.at_version.value(),
                 content.error().message);
  auto order = std::make_shared<recovery_order>();
  order->stream = stream_;
  order->sender = caf::actor_cast<caf::actor>(self_);
  order->attempt = attempt_;
  self_->send(reader(), std::move(order));
  return false;
}

bool aggregate::fold_events(const store::recovered_stream& read) {
  for (const auto& stored : read.events) {
    if (stored.at_version != version_.next()) {
      give_up({errc::corrupt, to_string(stream_) + " has version "
                                + std::to_string(stored.at_version.value())
                                + " after "
                                + std::to_string(version_.value())});
      return false;
    }
    const auto folded = guarded([&] { return state_->evolve(stored); });
    if (!folded) {
      give_up(folded.error());
      return false;
    }
    version_ = stored.at_version;
    window_.replay(stored);
  }
  return true;
}

/// Nothing can be decided without the state: all that waits is told, and the
/// next command starts a new actor.
void aggregate::give_up(const error& why) {
  if (tickets_ > 0)
    self_->send(around_->log_writer, forgive{self_->id()});
  fail_all(why);
  self_->quit();
}

void aggregate::fail_all(const error& why) {
  if (looking_up_)
    std::exchange(looking_up_, {})->fail(why);
  for (auto& each : std::exchange(in_flight_, {}))
    each.envelope->fail(why);
  for (auto* list : {&again_, &waiting_})
    for (auto& envelope : std::exchange(*list, {}))
      envelope->fail(why);
}

caf::actor aggregate::reader() const {
  const auto index = std::hash<stream_name>{}(stream_)
                     % around_->log_readers.size();
  return around_->log_readers[index];
}

} // namespace cafes::actors
