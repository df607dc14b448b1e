// SPDX-License-Identifier: MIT
#include "store/sqlite/write_side.hpp"

#include "store/sqlite/sql.hpp"

#include <utility>

namespace cafes::store::sqlite {

expected<std::shared_ptr<write_side>>
write_side::open(const std::filesystem::path& file) {
  auto lock = file_lock::acquire(file);
  if (!lock)
    return failure_of(lock);
  auto made = std::make_shared<write_side>(*std::move(lock), file);
  auto opened = made->use([](database&) -> expected<void> { return {}; });
  if (!opened)
    return failure_of(opened);
  return made;
}

write_side::write_side(file_lock lock, const std::filesystem::path& file)
  : lock_{std::move(lock)}, file_{file}, connection_{file, access::create} {}

write_side::~write_side() {
  // If it fails, the next to open the file does it.
  [[maybe_unused]] const auto emptied = use([](database& db) -> expected<void> {
    db.prepare(sql::checkpoint_and_truncate).run();
    return {};
  });
}

} // namespace cafes::store::sqlite
