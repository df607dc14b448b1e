// SPDX-License-Identifier: MIT
#include "store/append_limits.hpp"

#include "store/door/json_scan.hpp"

#include <cafes/limits.hpp>

namespace cafes::store {

std::size_t bytes_of(const append_request& append) {
  std::size_t bytes = 0;
  for (const auto& event : append.events)
    bytes += event.data.size() + event.metadata.size();
  return bytes;
}

expected<void> check_extent(const append_request& append) {
  if (append.events.empty())
    return failure(errc::invalid_argument,
                   to_string(append.stream) + ": an append without events");
  if (append.events.size() > limits::append_events_max)
    return failure(errc::limit_exceeded,
                   to_string(append.stream)
                     + ": an append has at most 1000 events, this one has "
                     + std::to_string(append.events.size()));
  if (bytes_of(append) > limits::append_bytes_max)
    return failure(errc::limit_exceeded,
                   to_string(append.stream)
                     + ": an append has at most 4 MiB, this one has "
                     + std::to_string(bytes_of(append)) + " bytes");
  return {};
}

expected<void> check_append(const append_request& append) {
  const auto named = make_stream_name(append.stream.category,
                                      append.stream.key);
  if (!named)
    return unexpected<>{named.error()};
  if (auto fits = check_extent(append); !fits)
    return fits;
  for (const auto& event : append.events) {
    if (event.type == type_id{})
      return failure(errc::unknown_type, to_string(append.stream)
                                           + ": an event without a "
                                             "registered type");
    for (const auto* text : {&event.data, &event.metadata}) {
      if (text == &event.metadata && text->empty())
        continue;
      if (auto fits = check_json(*text); !fits)
        return failure(fits.error().code,
                       to_string(append.stream) + ": " + fits.error().message);
    }
  }
  return {};
}

expected<void> check_batch(std::span<const append_request> batch) {
  std::size_t events = 0;
  std::size_t bytes = 0;
  for (const auto& append : batch) {
    events += append.events.size();
    bytes += bytes_of(append);
  }
  if (batch.size() > 1
      && (events > limits::batch_events_max || bytes > limits::batch_bytes_max))
    return failure(errc::limit_exceeded,
                   "a batch has at most 1000 events and 4 MiB, this one has "
                     + std::to_string(events) + " events and "
                     + std::to_string(bytes) + " bytes");
  return {};
}

} // namespace cafes::store
