// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_store.hpp"
#include "tests/support/fault_plan.hpp"

#include <memory>

namespace cafes::store::memory {
struct memory_log;
}

namespace cafes::test {

/// A store in memory whose sessions go wrong as planned. Several runtimes may
/// share one, as they share a database.
class faulty_store final : public store::log_store {
public:
  faulty_store();

  [[nodiscard]] fault_plan& faults() { return *faults_; }

  [[nodiscard]] expected<void> migrate() override;
  [[nodiscard]] expected<store_summary> summary() override;
  [[nodiscard]] expected<std::unique_ptr<store::log_writer_session>>
  open_writer() override;
  [[nodiscard]] expected<std::unique_ptr<store::log_reader>>
  open_reader() override;
  [[nodiscard]] expected<std::unique_ptr<store::snapshot_writer>>
  open_snapshot_writer() override;
  [[nodiscard]] expected<std::unique_ptr<store::view_writer>>
  open_view_writer(const store::view_identity& view) override;
  [[nodiscard]] expected<std::unique_ptr<store::view_reader>>
  open_view_reader() override;
  [[nodiscard]] expected<std::unique_ptr<store::view_operator>>
  open_view_operator() override;

private:
  std::shared_ptr<store::memory::memory_log> log_;
  std::shared_ptr<fault_plan> faults_;
};

} // namespace cafes::test
