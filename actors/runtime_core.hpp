// SPDX-License-Identifier: MIT
#pragma once

#include "actors/admission.hpp"
#include "actors/command_watch.hpp"
#include "actors/counters.hpp"
#include "actors/messages.hpp"
#include "actors/read/view_control.hpp"
#include "actors/read/view_query.hpp"
#include "actors/read/view_watches.hpp"
#include "actors/session_pool.hpp"
#include "actors/stop_signal.hpp"
#include "actors/supervisor.hpp"
#include "actors/write/aggregate_actor.hpp"
#include "store/log_store.hpp"

#include <cafes/runtime.hpp>

#include <caf/actor.hpp>
#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <vector>

namespace cafes {

/// Everything inside a running runtime: started in order of dependence by
/// `start`, stopped in the opposite order by `stop`.
class runtime::core {
public:
  /// Opens the store; called once, by `start`.
  using store_source
    = std::function<expected<std::shared_ptr<store::log_store>>()>;

  core(definition service, settings with, participation role,
       store_source open);
  ~core();
  core(const core&) = delete;
  core& operator=(const core&) = delete;

  [[nodiscard]] expected<void> start();
  void stop();

  // -- commands
  // ------------------------------------------------------------------

  void send(std::string_view category, std::string_view key,
            detail::any_command asked, const send_options& options,
            detail::reply then);
  void send_named(std::string_view category, std::string_view key,
                  std::string_view command, std::string_view json,
                  const send_options& options, detail::reply then);
  [[nodiscard]] const detail::aggregate_type*
  aggregate(std::string_view category) const;

  // -- reading
  // -------------------------------------------------------------------

  [[nodiscard]] expected<event_page>
  read_stream(const stream_name& stream, version from, std::size_t limit);
  [[nodiscard]] expected<event_page> read_log(position after,
                                              std::size_t limit);
  [[nodiscard]] expected<position> head();
  [[nodiscard]] expected<store_summary> summary();
  [[nodiscard]] actors::view_query& views() { return *views_; }
  [[nodiscard]] actors::view_control& control() { return *control_; }
  /// Shared with what outlives this object.
  [[nodiscard]] const std::shared_ptr<actors::view_watches>& watches() {
    return watches_;
  }
  [[nodiscard]] runtime_status status();
  [[nodiscard]] expected<void> drain(std::chrono::milliseconds timeout);

private:
  // -- starting, in this order
  // -----------------------------------------------------

  [[nodiscard]] expected<void> open_store();
  [[nodiscard]] expected<void>
  take_log(const std::vector<detail::event_type>& types);
  void start_actors(const std::vector<detail::event_type>& types);
  void start_system();
  void start_feed();
  void start_write_side(const std::vector<detail::event_type>& types);
  void start_log_writer(const std::vector<detail::event_type>& types);
  [[nodiscard]] std::shared_ptr<const actors::aggregate_surroundings>
  make_surroundings(const detail::aggregate_type& type,
                    const std::vector<detail::event_type>& types) const;
  void start_projections();
  [[nodiscard]] expected<void> begin_reactors();
  void start_reactors(std::vector<actors::supervised>& children);

  [[nodiscard]] expected<void> forward(actors::command_envelope::order& order);
  void lose_log(const error& why);
  /// Drops the handles of the actors and tells them to end.
  void end_actors();

  const definition service_;
  const settings settings_;
  const participation role_;
  const store_source open_;

  const std::shared_ptr<actors::admission> gate_;
  const std::shared_ptr<actors::counters> counters_;
  const std::shared_ptr<actors::command_watch> watch_;
  const std::shared_ptr<actors::stop_signal> stop_signal_;

  std::shared_ptr<store::log_store> store_;
  std::unique_ptr<actors::session_pool<store::log_reader>> readers_;
  std::unique_ptr<actors::view_query> views_;
  std::unique_ptr<actors::view_control> control_;
  std::shared_ptr<actors::change_signal> views_moved_
    = std::make_shared<actors::change_signal>();
  std::shared_ptr<actors::view_watches> watches_;
  std::vector<std::shared_ptr<actors::projection_progress>> progress_;

  // -- the owner's ------------------------------------------------------------

  std::unique_ptr<store::log_writer_session> writer_session_;
  std::vector<store::type_id> type_ids_;
  std::shared_ptr<store::stream_numbers> numbers_;
  std::shared_ptr<std::atomic<std::size_t>> feed_backlog_
    = std::make_shared<std::atomic<std::size_t>>(0);
  epoch epoch_;

  caf::actor_system_config config_;
  std::unique_ptr<caf::actor_system> system_;
  /// Held shared by those who use a handle below while `stop` may drop it.
  std::shared_mutex handles_;
  caf::actor feed_;
  caf::actor page_reader_;
  std::vector<caf::actor> recovery_readers_;
  caf::actor log_writer_;
  caf::actor snapshot_writer_;
  caf::actor watcher_;
  caf::actor watchdog_;
  caf::actor router_;
  caf::actor supervisor_;
  std::once_flag stopped_;
};

} // namespace cafes
