// SPDX-License-Identifier: MIT
#include "store/memory/snapshot_writer.hpp"

#include "store/snapshot_limits.hpp"

namespace cafes::store::memory {

namespace {

bool has_version(const memory_log& log, stream_id id, version wanted) {
  if (id < stream_id{1}
      || id > stream_id{static_cast<std::int64_t>(log.streams.size())})
    return false;
  const auto& stream = log.streams[static_cast<std::size_t>(id.value() - 1)];
  return wanted >= version{1}
         && wanted <= version{static_cast<std::int64_t>(stream.events.size())};
}

} // namespace

expected<void> snapshot_writer::keep(std::span<const kept_snapshot> some) {
  if (auto fits = check_snapshots(some); !fits)
    return fits;
  const std::lock_guard lock{log_->mutex};
  for (const auto& [stream, taken] : some) {
    if (!has_version(*log_, stream, taken.at_version))
      continue;
    const auto [stored, is_first] = log_->snapshots.try_emplace(stream, taken);
    if (!is_first && replaces(taken, stored->second))
      stored->second = taken;
  }
  return {};
}

} // namespace cafes::store::memory
