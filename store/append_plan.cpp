// SPDX-License-Identifier: MIT
#include "store/append_plan.hpp"

#include <unordered_map>

namespace cafes::store {

namespace {

/// Adds appends to a plan one after the other.
class layout {
public:
  layout(const log_end& end, timestamp recorded_at) {
    plan_.end = end;
    plan_.recorded_at = recorded_at;
  }

  stream_id new_stream(const stream_name& name) {
    plan_.end.last_stream = plan_.end.last_stream.next();
    plan_.new_streams.push_back({plan_.end.last_stream, &name});
    return plan_.end.last_stream;
  }

  void place(std::size_t index, const append_request& append, stream_id id,
             version current) {
    const auto first = plan_.end.head.next();
    const auto first_version = current.next();
    for (const auto& event : append.events) {
      plan_.end.head = plan_.end.head.next();
      current = current.next();
      plan_.events.push_back(
        {plan_.end.head, id, current, &append.from, &event});
    }
    plan_.places.push_back(
      {index, appended{id, first_version, current, first, plan_.end.head,
                       plan_.recorded_at, false}});
  }

  void conflict(std::size_t index) { plan_.conflicts.push_back(index); }

  append_plan take() { return std::move(plan_); }

private:
  append_plan plan_;
};

version current_of(const known_streams& streams, const stream_name& name) {
  const auto found = streams.find(name);
  return found == streams.end() ? version{} : found->second.current;
}

} // namespace

std::optional<append_plan> plan_loaded(std::span<const append_request> batch,
                                       std::span<const std::size_t> chosen,
                                       const log_end& end,
                                       timestamp recorded_at) {
  layout plan{end, recorded_at};
  std::unordered_map<stream_name, stream_id> created;
  for (const auto index : chosen) {
    const auto& append = batch[index];
    const auto& exact = append.expected.exact();
    if (!append.loaded || !exact)
      return std::nullopt;
    auto id = append.id;
    if (id == stream_id{}) {
      const auto seen = created.find(append.stream);
      if (seen != created.end())
        id = seen->second;
      else if (*exact == version{})
        id = created.emplace(append.stream, plan.new_stream(append.stream))
               .first->second;
      else
        return std::nullopt;
    }
    plan.place(index, append, id, *exact);
  }
  return plan.take();
}

append_plan plan_checked(std::span<const append_request> batch,
                         std::span<const std::size_t> chosen,
                         const known_streams& known, const log_end& end,
                         timestamp recorded_at) {
  layout plan{end, recorded_at};
  auto streams = known;
  for (const auto index : chosen) {
    const auto& append = batch[index];
    const auto found = streams.find(append.stream);
    const auto current = found == streams.end() ? version{}
                                                : found->second.current;
    if (!append.expected.admits(current)) {
      // Against what only this plan will have stored nobody can be answered
      // yet: it and all after it wait for the next plan.
      if (current_of(known, append.stream) != current)
        break;
      plan.conflict(index);
      continue;
    }
    const auto id = found == streams.end() ? plan.new_stream(append.stream)
                                           : found->second.id;
    plan.place(index, append, id, current);
    streams[append.stream]
      = {id, current.plus(static_cast<std::int64_t>(append.events.size()))};
  }
  return plan.take();
}

} // namespace cafes::store
