// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_store.hpp"

#include <memory>

namespace cafes::store::memory {

struct memory_log;

/// A store that lives as long as this object: for tests, and the executable
/// specification of the other backends.
class memory_store final : public log_store {
public:
  memory_store();

  [[nodiscard]] expected<void> migrate() override;
  [[nodiscard]] expected<store_summary> summary() override;
  [[nodiscard]] expected<std::unique_ptr<log_writer_session>>
  open_writer() override;
  [[nodiscard]] expected<std::unique_ptr<store::log_reader>>
  open_reader() override;
  [[nodiscard]] expected<std::unique_ptr<store::snapshot_writer>>
  open_snapshot_writer() override;
  [[nodiscard]] expected<std::unique_ptr<store::view_writer>>
  open_view_writer(const view_identity& view) override;
  [[nodiscard]] expected<std::unique_ptr<store::view_reader>>
  open_view_reader() override;
  [[nodiscard]] expected<std::unique_ptr<store::view_operator>>
  open_view_operator() override;

private:
  std::shared_ptr<memory_log> log_;
};

} // namespace cafes::store::memory
