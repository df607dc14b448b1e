// SPDX-License-Identifier: MIT
#pragma once

#include "store/postgres/read_session.hpp"
#include "store/snapshot_writer.hpp"

namespace cafes::store::postgres {

/// Keeps snapshots on PostgreSQL. Its commits do not wait for the disk: they
/// would compete with the log's for it.
class snapshot_writer : public store::snapshot_writer {
public:
  explicit snapshot_writer(conninfo where);

  [[nodiscard]] expected<void>
  keep(std::span<const kept_snapshot> some) override;

private:
  read_session session_;
  bool commits_later_ = false;
};

} // namespace cafes::store::postgres
