// SPDX-License-Identifier: MIT
#include "store/memory/log_reader.hpp"

#include "store/snapshot_limits.hpp"

#include <algorithm>

namespace cafes::store::memory {

expected<stream_slice> log_reader::read_stream(const stream_name& stream,
                                               version from,
                                               std::size_t limit) {
  const std::lock_guard lock{log_->mutex};
  const auto found = log_->stream_ids.find(stream);
  if (found == log_->stream_ids.end())
    return stream_slice{};
  const version after{std::max<std::int64_t>(from.value(), 1) - 1};
  return stream_slice{found->second, events_after(found->second, after, limit)};
}

std::vector<recorded_event>
log_reader::events_after(stream_id id, version after, std::size_t limit) const {
  const auto& stored
    = log_->streams[static_cast<std::size_t>(id.value() - 1)].events;
  std::vector<recorded_event> events;
  for (auto index = static_cast<std::size_t>(after.value());
       index < stored.size() && events.size() < limit; ++index)
    events.push_back(log_->at(stored[index]).event);
  return events;
}

expected<std::vector<recovered_stream>>
log_reader::recover(std::span<const recovery_request> streams,
                    std::size_t events_max) {
  if (auto fits = check_recovery(streams, events_max); !fits)
    return failure_of(fits);
  const std::lock_guard lock{log_->mutex};
  std::vector<recovered_stream> recovered;
  for (const auto& wanted : streams)
    recovered.push_back(recover(wanted, events_max));
  return recovered;
}

recovered_stream log_reader::recover(const recovery_request& wanted,
                                     std::size_t events_max) const {
  recovered_stream stream;
  const auto found = log_->stream_ids.find(wanted.stream);
  if (found == log_->stream_ids.end())
    return stream;
  stream.id = found->second;
  const auto kept = log_->snapshots.find(stream.id);
  if (kept != log_->snapshots.end() && !wanted.fingerprint.empty()) {
    if (kept->second.fingerprint == wanted.fingerprint)
      stream.snapshot = kept->second;
    else
      stream.foreign_snapshot = true;
  }
  const auto after = stream.snapshot ? stream.snapshot->at_version : version{};
  stream.events = events_after(stream.id, after, events_max);
  return stream;
}

expected<std::vector<recorded_event>> log_reader::read_log(position after,
                                                           std::size_t limit) {
  const std::lock_guard lock{log_->mutex};
  std::vector<recorded_event> events;
  for (auto where = after.next();
       where <= log_->head() && events.size() < limit; where = where.next())
    events.push_back(log_->at(where).event);
  return events;
}

expected<position> log_reader::head() {
  const std::lock_guard lock{log_->mutex};
  return log_->head();
}

expected<std::optional<appended>>
log_reader::find_command(const stream_name& stream, const uuid& command_id) {
  const std::lock_guard lock{log_->mutex};
  const auto found = log_->stream_ids.find(stream);
  if (found == log_->stream_ids.end())
    return std::optional<appended>{};
  return log_->find_command(found->second, command_id);
}

} // namespace cafes::store::memory
