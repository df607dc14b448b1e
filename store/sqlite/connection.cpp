// SPDX-License-Identifier: MIT
#include "store/sqlite/connection.hpp"

#include "store/sqlite/schema.hpp"
#include "store/sqlite/sql.hpp"

#include <utility>

namespace cafes::store::sqlite {

namespace {

expected<void> prepare_writing(database& db) {
  if (db.write_protected())
    return failure(errc::unavailable,
                   "the file is write-protected for this user; give write "
                   "access to it and its folder");
  {
    auto wal = db.prepare(sql::use_wal);
    if (!wal.step() || wal.text(0) != "wal")
      return failure(errc::unavailable,
                     "the file system cannot share memory between "
                     "connections; choose a local disk");
  }
  db.run(sql::configure_writer);
  // After a failed commit its rows may stand in the WAL without having
  // reached the disk. What is read back from here on is on the disk, too.
  db.prepare(sql::checkpoint_now).run();
  return {};
}

} // namespace

connection::connection(std::filesystem::path file, access wanted)
  : file_{std::move(file)}, wanted_{wanted} {}

expected<void> connection::open() {
  if (open_ && open_->usable())
    return {};
  close();
  auto opened = std::make_unique<database>(file_, wanted_);
  auto ready = check_identity(*opened);
  if (ready && wanted_ == access::read)
    opened->run(sql::configure_reader);
  else if (ready)
    ready = prepare_writing(*opened);
  if (!ready)
    return failure(ready.error().code,
                   file_.string() + ": " + ready.error().message);
  open_ = std::move(opened);
  // A file that has gone away is a loss to report, not one to start anew.
  if (wanted_ == access::create)
    wanted_ = access::write;
  return {};
}

} // namespace cafes::store::sqlite
