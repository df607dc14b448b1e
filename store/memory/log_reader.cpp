// SPDX-License-Identifier: MIT
#include "store/memory/log_reader.hpp"

#include <algorithm>

namespace cafes::store::memory {

expected<stream_slice> log_reader::read_stream(const stream_name& stream,
                                               version from,
                                               std::size_t limit) {
  const std::lock_guard lock{log_->mutex};
  stream_slice slice;
  const auto found = log_->stream_ids.find(stream);
  if (found == log_->stream_ids.end())
    return slice;
  slice.id = found->second;
  const auto& events
    = log_->streams[static_cast<std::size_t>(slice.id.value() - 1)].events;
  const auto first = std::max<std::int64_t>(from.value(), 1) - 1;
  for (auto index = static_cast<std::size_t>(first);
       index < events.size() && slice.events.size() < limit; ++index)
    slice.events.push_back(log_->at(events[index]).event);
  return slice;
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
