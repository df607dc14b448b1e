// SPDX-License-Identifier: MIT
#pragma once

#include "store/snapshot_writer.hpp"
#include "store/sqlite/write_side.hpp"

#include <memory>

namespace cafes::store::sqlite {

class snapshot_writer final : public store::snapshot_writer {
public:
  explicit snapshot_writer(std::shared_ptr<write_side> side)
    : side_{std::move(side)} {}

  [[nodiscard]] expected<void>
  keep(std::span<const kept_snapshot> some) override;

private:
  std::shared_ptr<write_side> side_;
};

} // namespace cafes::store::sqlite
