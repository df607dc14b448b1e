// SPDX-License-Identifier: MIT
#include "tests/support/acknowledged_log.hpp"

#include "tests/support/printing.hpp"

#include <cafes/limits.hpp>

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace cafes::test {

namespace {

template <class... Parts>
std::string text_of(const Parts&... parts) {
  std::ostringstream text;
  (text << ... << parts);
  return text.str();
}

} // namespace

void demand(bool is_so, const std::string& words) {
  if (!is_so)
    throw std::runtime_error{words};
}

acknowledged_log::known_stream
acknowledged_log::at(const stream_name& name) const {
  const auto known = streams_.find(name);
  return known == streams_.end() ? known_stream{} : known->second;
}

void acknowledged_log::hear(std::span<const store::append_request> batch,
                            std::span<const store::append_outcome> outcomes) {
  demand(batch.size() == outcomes.size(), "not one outcome for each append");
  std::vector<std::size_t> accepted;
  for (std::size_t index = 0; index < batch.size(); ++index) {
    const auto& outcome = outcomes[index];
    if (!outcome)
      continue;
    const auto& asked = batch[index];
    const auto earlier = commands_.find({asked.stream, asked.from.command_id});
    if (!outcome->repeated) {
      accepted.push_back(index);
      continue;
    }
    demand(earlier != commands_.end(),
           text_of(asked.stream,
                   ": repeated, but never acknowledged: ", *outcome));
    demand(earlier->second.first_position == outcome->first_position
             && earlier->second.last_position == outcome->last_position
             && earlier->second.last_version == outcome->last_version,
           text_of(asked.stream, ": first ", earlier->second, ", again ",
                   *outcome));
  }
  std::sort(accepted.begin(), accepted.end(), [&](auto left, auto right) {
    return outcomes[left]->first_position < outcomes[right]->first_position;
  });
  for (const auto index : accepted)
    accept(batch[index], *outcomes[index]);
}

void acknowledged_log::accept(const store::append_request& asked,
                              const store::appended& place) {
  const auto size = static_cast<std::int64_t>(asked.events.size());
  auto& stream = streams_[asked.stream];
  demand(place.first_position == head().next()
           && place.last_position == head().plus(size),
         text_of(asked.stream, ": ", place, " after position ", head()));
  demand(place.first_version == stream.current.next()
           && place.last_version == stream.current.plus(size),
         text_of(asked.stream, ": ", place, " after version ", stream.current));
  stream.id = place.id;
  commands_.emplace(std::pair{asked.stream, asked.from.command_id}, place);
  for (const auto& stored : asked.events) {
    stream.current = stream.current.next();
    events_.push_back(
      {asked.stream, stream.current, asked.from.command_id, stored.data});
  }
}

void acknowledged_log::check(store::log_reader& log, position after) const {
  auto next = static_cast<std::size_t>(after.value());
  for (;;) {
    const auto page = must(log.read_log(
      position{static_cast<std::int64_t>(next)}, limits::page_events_max));
    for (const auto& stored : page) {
      demand(next < events_.size(),
             text_of("stored without an acknowledgement: ", stored.stream,
                     " at position ", stored.at));
      const auto& heard = events_[next++];
      demand(stored.at.value() == static_cast<std::int64_t>(next)
               && stored.stream == heard.stream
               && stored.at_version == heard.at_version
               && stored.from.command_id == heard.command_id
               && stored.data == heard.data,
             text_of("acknowledged ", heard.stream, " version ",
                     heard.at_version, " as ", heard.data, ", stored at ",
                     stored.at, ": ", stored.stream, " version ",
                     stored.at_version, " as ", stored.data));
    }
    if (page.size() < limits::page_events_max)
      break;
  }
  demand(next == events_.size(), text_of("acknowledged up to position ", head(),
                                         ", stored up to ", next));
}

void acknowledged_log::check_streams(
  store::log_reader& log, std::span<const store::append_request> batch) const {
  for (const auto& asked : batch) {
    const auto slice = must(
      log.read_stream(asked.stream, version{1}, limits::page_events_max));
    version current;
    for (const auto& stored : slice.events) {
      current = current.next();
      demand(stored.at_version == current,
             text_of(asked.stream, " has version ", stored.at_version,
                     " where ", current, " belongs"));
    }
    demand(slice.events.size() >= limits::page_events_max
             || current == at(asked.stream).current,
           text_of(asked.stream, " ends at version ", current,
                   ", acknowledged was ", at(asked.stream).current));
  }
}

} // namespace cafes::test
