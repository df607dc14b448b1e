// SPDX-License-Identifier: MIT
#include "store/memory/log_connection.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace cafes::store::memory {

log_connection::log_connection(std::shared_ptr<memory_log> log)
  : log_{std::move(log)} {}

log_connection::~log_connection() {
  const std::lock_guard lock{log_->mutex};
  if (owns_)
    log_->owned = false;
  log_->released.notify_all();
}

expected<ownership> log_connection::take(const std::string& owner,
                                         std::chrono::milliseconds wait) {
  std::unique_lock lock{log_->mutex};
  if (owns_)
    log_->owned = false;
  owns_ = false;
  if (!log_->released.wait_for(lock, wait, [&] { return !log_->owned; }))
    return failure(errc::not_owner, "log 0 is owned by " + log_->owner);
  ownership taken{log_->epoch.next(), log_->owner, log_->head(),
                  stream_id{static_cast<std::int64_t>(log_->streams.size())}};
  log_->owned = owns_ = true;
  log_->owner = owner;
  log_->epoch = taken.taken;
  return taken;
}

expected<std::vector<type_id>>
log_connection::register_types(std::span<const detail::event_type> types) {
  const std::lock_guard lock{log_->mutex};
  std::vector<type_id> ids;
  for (const auto& type : types) {
    auto known = std::find_if(
      log_->types.begin(), log_->types.end(), [&](const auto& other) {
        return other.name == type.name
               && other.schema_version == type.schema_version;
      });
    if (known != log_->types.end() && known->shape != type.shape)
      return failure(errc::incompatible_schema,
                     type.name + " v" + std::to_string(type.schema_version)
                       + " is stored as " + known->shape + ", this program has "
                       + type.shape);
    if (known == log_->types.end())
      known = log_->types.insert(known, type);
    ids.emplace_back(known - log_->types.begin() + 1);
  }
  return ids;
}

expected<known_streams>
log_connection::find_streams(std::span<const stream_name> names) {
  const std::lock_guard lock{log_->mutex};
  known_streams known;
  for (const auto& name : names) {
    const auto found = log_->stream_ids.find(name);
    if (found == log_->stream_ids.end())
      continue;
    const auto& stream
      = log_->streams[static_cast<std::size_t>(found->second.value() - 1)];
    known[name] = {found->second,
                   version{static_cast<std::int64_t>(stream.events.size())}};
  }
  return known;
}

expected<std::optional<appended>>
log_connection::find_command(stream_id stream, const uuid& command_id) {
  const std::lock_guard lock{log_->mutex};
  return log_->find_command(stream, command_id);
}

/// The keys of the relational schema: (log, position), (category, key),
/// (stream, version).
std::optional<write_result>
log_connection::violation(const append_plan& plan) const {
  if (!plan.events.empty() && plan.events.front().at != log_->head().next())
    return written::position_taken{};
  std::set<stream_name> named;
  std::set<stream_id> numbered;
  for (const auto& stream : plan.new_streams)
    if (log_->stream_ids.contains(*stream.name) || log_->has_stream(stream.id)
        || !numbered.insert(stream.id).second
        || !named.insert(*stream.name).second)
      return written::stream_conflict{};
  std::set<std::pair<stream_id, version>> planned;
  for (const auto& event : plan.events) {
    const auto index = static_cast<std::size_t>(event.stream.value() - 1);
    if (!planned.insert({event.stream, event.at_version}).second
        || (index < log_->streams.size()
            && event.at_version.value() <= static_cast<std::int64_t>(
                 log_->streams[index].events.size())))
      return written::stream_conflict{};
  }
  return std::nullopt;
}

write_result log_connection::write(const append_plan& plan) {
  const std::lock_guard lock{log_->mutex};
  if (!owns_)
    return written::lost{{errc::unavailable, "the session owns no log"}};
  if (auto violated = violation(plan))
    return *violated;
  for (const auto& stream : plan.new_streams) {
    const auto number = static_cast<std::size_t>(stream.id.value());
    log_->streams.resize(std::max(log_->streams.size(), number));
    log_->streams[number - 1].name = *stream.name;
    log_->stream_ids[*stream.name] = stream.id;
  }
  for (const auto& planned : plan.events) {
    auto& stream
      = log_->streams[static_cast<std::size_t>(planned.stream.value() - 1)];
    const auto& type
      = log_->types[static_cast<std::size_t>(planned.event->type.value() - 1)];
    stream.events.push_back(planned.at);
    log_->events.push_back(
      {recorded_event{planned.at, stream.name, planned.at_version, type.name,
                      type.schema_version, plan.recorded_at, *planned.from,
                      planned.event->data, planned.event->metadata},
       planned.stream});
  }
  return written::stored{};
}

expected<std::vector<event_mark>>
log_connection::marks_after(position after, std::size_t limit) {
  const std::lock_guard lock{log_->mutex};
  std::vector<event_mark> marks;
  for (auto where = after.next(); where <= log_->head() && marks.size() < limit;
       where = where.next()) {
    const auto& [event, stream] = log_->at(where);
    marks.push_back({where, stream, event.at_version, event.from.command_id,
                     event.recorded_at});
  }
  return marks;
}

} // namespace cafes::store::memory
