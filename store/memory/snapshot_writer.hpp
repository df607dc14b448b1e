// SPDX-License-Identifier: MIT
#pragma once

#include "store/memory/memory_log.hpp"
#include "store/snapshot_writer.hpp"

#include <memory>

namespace cafes::store::memory {

class snapshot_writer final : public store::snapshot_writer {
public:
  explicit snapshot_writer(std::shared_ptr<memory_log> log)
    : log_{std::move(log)} {}

  [[nodiscard]] expected<void>
  keep(std::span<const kept_snapshot> some) override;

private:
  std::shared_ptr<memory_log> log_;
};

} // namespace cafes::store::memory
