// SPDX-License-Identifier: MIT
#include "store/postgres/log_connection.hpp"

#include "store/postgres/advisory_lock.hpp"
#include "store/postgres/copy_rows.hpp"
#include "store/postgres/event_rows.hpp"
#include "store/postgres/register_types.hpp"
#include "store/postgres/schema.hpp"
#include "store/postgres/text_array.hpp"
#include "store/postgres/translate_error.hpp"

#include <utility>

namespace cafes::store::postgres {

namespace {

std::vector<sql::embedded> statements() {
  std::vector<sql::embedded> all{
    {"log_lock", sql::log_lock},         {"take_log", sql::take_log},
    {"find_owner", sql::find_owner},     {"find_log_end", sql::find_log_end},
    {"insert_types", sql::insert_types}, {"find_types", sql::find_types},
    {"find_streams", sql::find_streams}, {"find_command", sql::find_command},
    {"read_marks", sql::read_marks}};
  for (const auto& more : {lock_statements(), schema_statements()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

} // namespace

log_connection::log_connection(conninfo where)
  : connection_{std::move(where), statements()} {}

log_connection::~log_connection() {
  if (!lock_key_.empty())
    unlock(connection_, lock_key_);
}

expected<ownership> log_connection::take(const std::string& owner,
                                         std::chrono::milliseconds wait) {
  lock_key_.clear();
  if (auto opened = connection_.open(); !opened)
    return failure_of(opened);
  auto taken = attempt(connection_, "take log 0", [&]() -> expected<ownership> {
    const auto known = require_schema(connection_);
    if (!known)
      return unexpected<>{known.error()};
    writer_.begin_session(known->payload == "json" ? payload_type::json
                                                   : payload_type::jsonb);
    if (auto locked = lock_log(wait); !locked)
      return failure_of(locked);
    return become_owner(owner);
  });
  if (!taken)
    connection_.close();
  return taken;
}

expected<void> log_connection::lock_log(std::chrono::milliseconds wait) {
  const std::string key
    = connection_.run("log_lock", log_number).at(0).at(0).c_str();
  if (lock(connection_, key, wait)) {
    lock_key_ = key;
    return {};
  }
  const auto holder = holder_of_lock(connection_, key);
  if (connection_.is_earlier_session(holder))
    return failure(errc::unavailable,
                   "log 0: the server has not ended our own session before "
                   "(server process "
                     + holder + ")");
  const auto owner = connection_.run("find_owner", log_number);
  return failure(errc::not_owner,
                 std::string{"log 0 is owned by "} + owner.at(0).at(0).c_str()
                   + " since epoch " + owner.at(0).at(1).c_str()
                   + " (server process " + holder
                   + "): stop that process, or wait until it stops");
}

ownership log_connection::become_owner(const std::string& owner) {
  const auto taken = connection_.run("take_log", log_number, owner);
  const auto end = connection_.run("find_log_end", log_number);
  return {epoch{number_in(taken.at(0).at(0))}, taken.at(0).at(1).c_str(),
          position{number_in(end.at(0).at(0))},
          stream_id{number_in(end.at(0).at(1))}};
}

expected<std::vector<type_id>>
log_connection::register_types(std::span<const detail::event_type> types) {
  return attempt(connection_, "register event types",
                 [&] { return postgres::register_types(connection_, types); });
}

expected<known_streams>
log_connection::find_streams(std::span<const stream_name> names) {
  return attempt(connection_, "find streams", [&]() -> expected<known_streams> {
    const auto rows = connection_.run(
      "find_streams", log_number,
      array_of(names, [](const auto& name) { return name.category; }),
      array_of(names, [](const auto& name) { return name.key; }));
    known_streams known;
    for (const auto& row : rows) {
      const auto place = static_cast<std::size_t>(number_in(row.at(0)));
      known[names[place - 1]] = {stream_id{number_in(row.at(1))},
                                 version{number_in(row.at(2))}};
    }
    return known;
  });
}

expected<std::optional<appended>>
log_connection::find_command(stream_id stream, const uuid& command_id) {
  return attempt(
    connection_, "find a command", [&]() -> expected<std::optional<appended>> {
      return command_in(
        connection_.run("find_command", stream.value(), to_string(command_id)));
    });
}

write_result log_connection::write(const append_plan& plan) {
  return writer_.write(connection_, plan);
}

expected<std::vector<event_mark>>
log_connection::marks_after(position after, std::size_t limit) {
  return attempt(
    connection_, "read back", [&]() -> expected<std::vector<event_mark>> {
      const auto up_to = after.plus(static_cast<std::int64_t>(limit));
      return marks_in(connection_.run("read_marks", log_number, after.value(),
                                      up_to.value()));
    });
}

} // namespace cafes::store::postgres
