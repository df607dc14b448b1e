// SPDX-License-Identifier: MIT
#pragma once

#include "actors/counters.hpp"
#include "actors/messages.hpp"
#include "store/log_store.hpp"

#include <caf/behavior.hpp>
#include <caf/stateful_actor.hpp>

#include <memory>
#include <vector>

namespace cafes::actors {

/// Stores snapshots on a thread and a session of its own, whatever waits in
/// one transaction, so that they never stop commands. One that cannot be
/// stored is counted and forgotten: it is a cache.
class snapshot_writer {
public:
  using actor_type = caf::stateful_actor<snapshot_writer>;

  explicit snapshot_writer(actor_type* self) : self_{self} {}

  caf::behavior start(std::shared_ptr<store::log_store> store,
                      std::shared_ptr<counters> counted);

  const char* name = "snapshot_writer";

private:
  void keep();
  [[nodiscard]] expected<void>
  store_all(const std::vector<store::kept_snapshot>& all);

  actor_type* self_;
  std::shared_ptr<store::log_store> store_;
  std::shared_ptr<counters> counted_;
  std::unique_ptr<store::snapshot_writer> session_;
  std::vector<snapshot_ptr> waiting_;
  bool scheduled_ = false;
};

[[nodiscard]] caf::behavior
snapshot_writer_actor(snapshot_writer::actor_type* self,
                      std::shared_ptr<store::log_store> store,
                      std::shared_ptr<counters> counted);

} // namespace cafes::actors
