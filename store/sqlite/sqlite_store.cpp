// SPDX-License-Identifier: MIT
#include "store/sqlite/sqlite_store.hpp"

#include "store/sqlite/event_rows.hpp"
#include "store/sqlite/file_place.hpp"
#include "store/sqlite/log_connection.hpp"
#include "store/sqlite/log_reader.hpp"
#include "store/sqlite/schema.hpp"
#include "store/sqlite/snapshot_writer.hpp"
#include "store/sqlite/sql.hpp"
#include "store/sqlite/transaction.hpp"
#include "store/sqlite/view_operator.hpp"
#include "store/sqlite/view_reader.hpp"
#include "store/sqlite/view_writer.hpp"
#include "store/sqlite/write_side.hpp"

#include <utility>

namespace cafes::store::sqlite {

namespace {

void summarize(database& db, store_summary& held) {
  auto streams = db.prepare(sql::count_streams);
  if (streams.step())
    held.streams = streams.integer(0);
  held.head = read_head(db);
  // Positions have no gaps; counting would read the whole log.
  held.events = held.head.value();
  auto last = db.prepare(sql::find_owner);
  if (last.step()) {
    held.epoch = epoch{last.integer(0)};
    held.owner = last.text(1);
  }
  auto types = db.prepare(sql::list_types);
  while (types.step())
    held.event_types.push_back(
      {types.text(0), static_cast<int>(types.integer(1)), types.text(2)});
}

class sqlite_store final : public log_store {
public:
  explicit sqlite_store(std::shared_ptr<write_side> side)
    : side_{std::move(side)} {}

  expected<void> migrate() override { return side_->use(sqlite::migrate); }

  expected<store_summary> summary() override {
    connection reading{side_->file(), access::read};
    return reading.use([&](database& db) -> expected<store_summary> {
      const transaction moment{db, transaction::kind::read};
      store_summary held;
      held.backend = "sqlite";
      held.place = side_->file().string();
      held.payload = "text";
      held.schema_version = schema_version(db);
      if (held.schema_version > 0)
        summarize(db, held);
      return held;
    });
  }

  expected<std::unique_ptr<log_writer_session>> open_writer() override {
    return when_ready([&] {
      return std::make_unique<log_writer_session>(
        std::make_unique<log_connection>(side_));
    });
  }

  expected<std::unique_ptr<store::log_reader>> open_reader() override {
    return when_ready(
      [&] { return std::make_unique<log_reader>(side_->file()); });
  }

  expected<std::unique_ptr<store::snapshot_writer>>
  open_snapshot_writer() override {
    return when_ready([&] { return std::make_unique<snapshot_writer>(side_); });
  }

  expected<std::unique_ptr<store::view_writer>>
  open_view_writer(const view_identity& view) override {
    return when_ready(
      [&] { return std::make_unique<view_writer>(side_, view); });
  }

  expected<std::unique_ptr<store::view_reader>> open_view_reader() override {
    return when_ready(
      [&] { return std::make_unique<view_reader>(side_->file()); });
  }

  expected<std::unique_ptr<store::view_operator>>
  open_view_operator() override {
    return when_ready([&] { return std::make_unique<view_operator>(side_); });
  }

private:
  /// A session of a schema that this program does not know would fail later
  /// and less clearly.
  template <class Open>
  expected<std::invoke_result_t<Open&>> when_ready(Open&& open) {
    if (auto ready = side_->use(check_schema); !ready)
      return failure_of(ready);
    return open();
  }

  std::shared_ptr<write_side> side_;
};

} // namespace

expected<std::unique_ptr<log_store>>
open_sqlite_store(const std::string& path) {
  const auto file = find_place(path);
  if (!file)
    return unexpected<error>{file.error()};
  auto side = write_side::open(*file);
  if (!side)
    return failure_of(side);
  return std::make_unique<sqlite_store>(*std::move(side));
}

} // namespace cafes::store::sqlite
