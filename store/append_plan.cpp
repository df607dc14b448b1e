// SPDX-License-Identifier: MIT
#include "store/append_plan.hpp"

#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace cafes::store {

namespace {

/// Adds appends to a plan one after the other.
class layout {
public:
  layout(const log_end& end, std::size_t appends) : end_{end} {
    plan_.head = end.head;
    plan_.recorded_at = end.recorded_at;
    plan_.events.reserve(appends);
    plan_.places.reserve(appends);
  }

  /// Under the number that the sender has drawn for it, if it has.
  stream_id new_stream(const append_request& append) {
    auto id = append.id;
    if (id == stream_id{} || end_.stored->holds(id)
        || !created_.insert(id.value()).second) {
      id = end_.numbers->next();
      created_.insert(id.value());
    }
    plan_.new_streams.push_back({id, &append.stream});
    return id;
  }

  /// In the log, or will be with this plan.
  [[nodiscard]] bool has_stream(stream_id id) const {
    return end_.stored->holds(id) || created_.contains(id.value());
  }

  void place(std::size_t index, const append_request& append, stream_id id,
             version current) {
    const auto first = plan_.head.next();
    const auto first_version = current.next();
    for (const auto& event : append.events) {
      plan_.head = plan_.head.next();
      current = current.next();
      plan_.events.push_back({plan_.head, id, current, &append.from, &event});
    }
    plan_.places.push_back(
      {index, appended{id, first_version, current, first, plan_.head,
                       plan_.recorded_at, false}});
  }

  void conflict(std::size_t index) { plan_.conflicts.push_back(index); }

  append_plan take() { return std::move(plan_); }

private:
  const log_end& end_;
  append_plan plan_;
  std::unordered_set<std::int64_t> created_;
};

version current_of(const known_streams& streams, const stream_name& name) {
  const auto found = streams.find(name);
  return found == streams.end() ? version{} : found->second.current;
}

version end_of(const append_request& append) {
  return append.expected.exact()->plus(
    static_cast<std::int64_t>(append.events.size()));
}

bool is_on_its_word(const append_request& append) {
  return append.loaded && append.expected.exact().has_value();
}

} // namespace

append_chain chain_of(std::span<const append_request> batch) {
  append_chain chain(batch.size(), none_before);
  std::unordered_map<stream_name, std::size_t> last;
  for (std::size_t index = 0; index < batch.size(); ++index) {
    const auto& append = batch[index];
    if (!is_on_its_word(append) || append.events.empty())
      continue;
    const auto [before, is_first] = last.try_emplace(append.stream, index);
    if (is_first)
      continue;
    if (*append.expected.exact() == end_of(batch[before->second]))
      chain[index] = before->second;
    before->second = index;
  }
  return chain;
}

std::optional<append_plan> plan_loaded(std::span<const append_request> batch,
                                       std::span<const std::size_t> chosen,
                                       const log_end& end) {
  layout plan{end, chosen.size()};
  // Only of senders that have drawn no number.
  std::unordered_map<stream_name, stream_id> named;
  for (const auto index : chosen) {
    const auto& append = batch[index];
    if (!is_on_its_word(append))
      return std::nullopt;
    const auto current = *append.expected.exact();
    auto id = append.id;
    if (id == stream_id{}) {
      const auto seen = named.find(append.stream);
      if (seen != named.end())
        id = seen->second;
      else if (current == version{})
        id
          = named.emplace(append.stream, plan.new_stream(append)).first->second;
      else
        return std::nullopt;
    } else if (current == version{} && !plan.has_stream(id)) {
      id = plan.new_stream(append);
    } else if (!plan.has_stream(id)) {
      return std::nullopt;
    }
    plan.place(index, append, id, current);
  }
  return plan.take();
}

append_plan plan_checked(std::span<const append_request> batch,
                         std::span<const std::size_t> chosen,
                         const checked_state& state, const log_end& end) {
  layout plan{end, chosen.size()};
  auto streams = *state.known;
  auto failed = *state.failed;
  for (const auto index : chosen) {
    const auto& append = batch[index];
    const auto before = (*state.chain)[index];
    const bool is_orphan = before != none_before && failed[before];
    const auto found = streams.find(append.stream);
    const auto current = found == streams.end() ? version{}
                                                : found->second.current;
    if (is_orphan || !append.expected.admits(current)) {
      // Against what only this plan will have stored nobody can be answered
      // yet: it and all after it wait for the next plan.
      if (current_of(*state.known, append.stream) != current)
        break;
      plan.conflict(index);
      failed[index] = true;
      continue;
    }
    const auto id = found == streams.end() ? plan.new_stream(append)
                                           : found->second.id;
    plan.place(index, append, id, current);
    streams[append.stream]
      = {id, current.plus(static_cast<std::int64_t>(append.events.size()))};
  }
  return plan.take();
}

} // namespace cafes::store
