// SPDX-License-Identifier: MIT
#pragma once

#include "store/append_plan.hpp"
#include "store/log_writer_session.hpp"
#include "store/memory/log_connection.hpp"
#include "store/memory/memory_log.hpp"
#include "tests/simulation/world.hpp"

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cafes::test {

/// A plan with all that it points to.
class kept_plan {
public:
  explicit kept_plan(const store::append_plan& plan);

  [[nodiscard]] const store::append_plan& plan() const { return plan_; }

private:
  store::append_plan plan_;
  std::deque<stream_name> names_;
  std::deque<provenance> origins_;
  std::deque<store::new_event> events_;
};

/// What stands behind the sessions of a model store: the log, which is never
/// wrong, and what can go wrong around it. Thread: one at a time.
class model_server {
public:
  /// A writer's connection. Breaking gives up the log, as a server does.
  struct link {
    std::unique_ptr<store::memory::log_connection> session;
  };

  explicit model_server(world& around) : around_{&around} {}

  [[nodiscard]] world& around() { return *around_; }
  [[nodiscard]] const std::shared_ptr<store::memory::memory_log>& log() const {
    return log_;
  }

  // -- connections
  // --------------------------------------------------------------

  void add(link& one) { links_.push_back(&one); }
  void remove(link& one) { std::erase(links_, &one); }

  /// Sessions opened before do nothing any more: their process is dead.
  void end_process();
  [[nodiscard]] int process() const { return process_; }

  /// The connection breaks, and the server goes on with its last write.
  void keep_late(link& one, const store::append_plan& plan);
  /// What the server still has to do is done, or dropped.
  void end_late_write();

  // -- another owner
  // --------------------------------------------------------------

  [[nodiscard]] bool has_other_owner() const { return other_ != nullptr; }
  /// Takes the log from whoever has it.
  store::log_writer_session& let_other_take();
  void let_other_go();
  [[nodiscard]] store::log_writer_session* other() { return other_.get(); }

  // -- snapshots
  // ------------------------------------------------------------------

  /// Spoils one: a turned bit, another number in it, cut off, of another
  /// release, gone, or one that knows fewer command ids.
  void spoil_snapshot();

private:
  void spoil(store::stored_snapshot& kept);
  void change_a_number(std::string& content);

  struct late_write {
    kept_plan plan;
    std::unique_ptr<store::memory::log_connection> session;
  };

  world* around_;
  std::shared_ptr<store::memory::memory_log> log_
    = std::make_shared<store::memory::memory_log>();
  std::vector<link*> links_;
  std::optional<late_write> late_;
  std::unique_ptr<store::log_writer_session> other_;
  int others_ = 0;
  int process_ = 0;
};

} // namespace cafes::test
