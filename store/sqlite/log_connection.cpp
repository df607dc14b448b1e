// SPDX-License-Identifier: MIT
#include "store/sqlite/log_connection.hpp"

#include "store/sqlite/event_rows.hpp"
#include "store/sqlite/sql.hpp"
#include "store/sqlite/transaction.hpp"
#include "store/sqlite/write_plan.hpp"

#include <utility>

namespace cafes::store::sqlite {

namespace {

const std::string the_log = "log 0";

ownership raise_epoch(database& db, const std::string& owner) {
  ownership taken;
  auto last = db.prepare(sql::find_owner);
  if (last.step()) {
    taken.taken = epoch{last.integer(0)}.next();
    taken.previous_owner = last.text(1);
  }
  db.prepare(sql::set_owner).bind(taken.taken.value(), owner).run();
  auto end = db.prepare(sql::log_end);
  if (end.step()) {
    taken.head = position{end.integer(0)};
    taken.last_stream = stream_id{end.integer(1)};
  }
  return taken;
}

expected<type_id> register_type(database& db, const detail::event_type& type) {
  auto find = db.prepare(sql::find_type);
  if (find.bind(type.name, type.schema_version).step()) {
    if (const auto stored = find.text(1); stored != type.shape)
      return failure(errc::incompatible_schema,
                     type.name + " v" + std::to_string(type.schema_version)
                       + " is stored as " + stored + ", this program has "
                       + type.shape);
    return type_id{find.integer(0)};
  }
  auto insert = db.prepare(sql::insert_type);
  if (!insert.bind(type.name, type.schema_version, type.shape).step())
    return failure(errc::corrupt, type.name + " got no number");
  return type_id{insert.integer(0)};
}

} // namespace

log_connection::log_connection(std::shared_ptr<write_side> side)
  : side_{std::move(side)} {}

expected<ownership> log_connection::take(const std::string& owner,
                                         std::chrono::milliseconds wait) {
  if (!claim_) {
    if (auto claimed = side_->claimed().acquire(the_log, owner, wait))
      claim_.emplace(*std::move(claimed));
    else
      return failure(errc::not_owner, the_log + " is owned by "
                                        + side_->claimed().holder_of(the_log)
                                        + ", another session of this process");
  }
  // The commit of the new epoch also overwrites, in the WAL, what a failed
  // commit may have left there: from here on nothing can be in doubt.
  return side_->use([&](database& db) -> expected<ownership> {
    transaction work{db, transaction::kind::write};
    auto taken = raise_epoch(db, owner);
    work.commit();
    return taken;
  });
}

expected<std::vector<type_id>>
log_connection::register_types(std::span<const detail::event_type> types) {
  return side_->use([&](database& db) -> expected<std::vector<type_id>> {
    transaction work{db, transaction::kind::write};
    std::vector<type_id> ids;
    ids.reserve(types.size());
    for (const auto& type : types) {
      auto id = register_type(db, type);
      if (!id)
        return failure_of(id);
      ids.push_back(*id);
    }
    work.commit();
    return ids;
  });
}

expected<known_streams>
log_connection::find_streams(std::span<const stream_name> names) {
  return side_->use([&](database& db) -> expected<known_streams> {
    known_streams known;
    auto find = db.prepare(sql::find_stream);
    for (const auto& name : names)
      if (find.bind(name.category, name.key).step())
        known.emplace(name, known_stream{stream_id{find.integer(0)},
                                         version{find.integer(1)}});
    return known;
  });
}

expected<std::optional<appended>>
log_connection::find_command(stream_id stream, const uuid& command_id) {
  return side_->use([&](database& db) -> expected<std::optional<appended>> {
    return find_command_in(db, stream, command_id);
  });
}

write_result log_connection::write(const append_plan& plan) {
  if (!claim_)
    return written::lost{{errc::unavailable, "the session owns no log"}};
  auto result = side_->use([&](database& db) -> expected<write_result> {
    return write_plan(db, plan);
  });
  if (!result)
    return written::lost{std::move(result.error())};
  return *std::move(result);
}

expected<std::vector<event_mark>>
log_connection::marks_after(position after, std::size_t limit) {
  return side_->use([&](database& db) -> expected<std::vector<event_mark>> {
    std::vector<event_mark> marks;
    auto rows = db.prepare(sql::marks_after);
    rows.bind(after.value(), static_cast<std::int64_t>(limit));
    while (rows.step())
      marks.push_back({position{rows.integer(0)}, stream_id{rows.integer(1)},
                       version{rows.integer(2)}, rows.id(3),
                       timestamp_of(rows.integer(4))});
    return marks;
  });
}

} // namespace cafes::store::sqlite
