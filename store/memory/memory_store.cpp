// SPDX-License-Identifier: MIT
#include "store/memory/memory_store.hpp"

#include "store/memory/log_connection.hpp"
#include "store/memory/log_reader.hpp"
#include "store/memory/snapshot_writer.hpp"
#include "store/memory/view_operator.hpp"
#include "store/memory/view_session.hpp"

namespace cafes::store::memory {

memory_store::memory_store() : log_{std::make_shared<memory_log>()} {}

expected<void> memory_store::migrate() {
  return {};
}

expected<store_summary> memory_store::summary() {
  const std::lock_guard lock{log_->mutex};
  store_summary held;
  held.backend = "memory";
  held.place = "this process";
  held.payload = "text";
  held.streams = static_cast<std::int64_t>(log_->stream_ids.size());
  held.head = log_->head();
  held.events = held.head.value();
  held.epoch = log_->epoch;
  held.owner = log_->owner;
  for (const auto& type : log_->types)
    held.event_types.push_back({type.name, type.schema_version, type.shape});
  return held;
}

expected<std::unique_ptr<log_writer_session>> memory_store::open_writer() {
  return std::make_unique<log_writer_session>(
    std::make_unique<log_connection>(log_));
}

expected<std::unique_ptr<store::log_reader>> memory_store::open_reader() {
  return std::make_unique<log_reader>(log_);
}

expected<std::unique_ptr<store::snapshot_writer>>
memory_store::open_snapshot_writer() {
  return std::make_unique<snapshot_writer>(log_);
}

expected<std::unique_ptr<store::view_writer>>
memory_store::open_view_writer(const view_identity& view) {
  return std::make_unique<view_writer>(log_, view);
}

expected<std::unique_ptr<store::view_reader>> memory_store::open_view_reader() {
  return std::make_unique<view_reader>(log_);
}

expected<std::unique_ptr<store::view_operator>>
memory_store::open_view_operator() {
  return std::make_unique<view_operator>(log_);
}

} // namespace cafes::store::memory
