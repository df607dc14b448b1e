// SPDX-License-Identifier: MIT
#include "store/memory/memory_log.hpp"

namespace cafes::store::memory {

std::optional<appended> memory_log::find_command(stream_id id,
                                                 const uuid& command_id) const {
  std::optional<appended> found;
  for (const auto where :
       streams[static_cast<std::size_t>(id.value() - 1)].events) {
    const auto& event = at(where).event;
    if (event.from.command_id != command_id)
      continue;
    if (!found)
      found = appended{id,
                       event.at_version,
                       event.at_version,
                       where,
                       where,
                       event.recorded_at,
                       false};
    found->last_version = event.at_version;
    found->last_position = where;
  }
  return found;
}

} // namespace cafes::store::memory
