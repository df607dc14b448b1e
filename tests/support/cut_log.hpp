// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_store.hpp"
#include "tests/support/acknowledged_log.hpp"
#include "tests/support/postgres_proxy.hpp"
#include "tests/support/scratch_schema.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cafes::test {

/// What an append shall be.
enum class cut_append_kind {
  /// Its sender has loaded the stream.
  loaded,
  /// The version is to be read first.
  checked,
  /// The first of its stream.
  first,
  /// Its version is over: a conflict.
  stale,
  /// Acknowledged before, and sent again.
  again,
};

struct cut_append {
  cut_append_kind kind;
  int events = 1;
};

/// A log on PostgreSQL whose writer's connection is cut, and all that was
/// acknowledged of it. The sessions that check go straight to the server.
/// Thread: one at a time.
class cut_log {
public:
  cut_log();

  /// Ends the session that has the log; returns when its farewell went by.
  void give_up();

  /// Has a new session take the log, again as long as it is `unavailable`.
  /// From there on nothing is cut.
  void take();

  /// Appends and resolves until all is settled. From there on nothing is cut:
  /// checks the outcomes, the log and a repetition.
  /// Ends the case where something is not true.
  void append(const std::vector<cut_append>& wanted);

  [[nodiscard]] cut_plan& faults() { return proxy_.faults(); }

  /// What went by until all was settled, from the last cut on, and how many
  /// there were.
  [[nodiscard]] const std::vector<wire_message>& seen() const { return seen_; }
  [[nodiscard]] std::size_t cuts() const { return cuts_; }

  /// All of the log, from its beginning.
  void check_all() { acknowledged_.check(*reader_); }

private:
  using batch = std::vector<store::append_request>;

  [[nodiscard]] expected<void> acquire();
  void end_faults();
  [[nodiscard]] batch make(const std::vector<cut_append>& wanted);
  [[nodiscard]] store::append_request make_one(const cut_append& like,
                                               std::size_t place);
  [[nodiscard]] std::vector<store::append_outcome> settle(const batch& asked);
  static void check_kinds(const std::vector<cut_append>& wanted,
                          const std::vector<store::append_outcome>& outcomes);

  scratch_schema schema_;
  postgres_proxy proxy_{schema_.conninfo()};
  std::unique_ptr<store::log_store> direct_;
  std::unique_ptr<store::log_store> proxied_;
  std::unique_ptr<store::log_reader> reader_;
  std::unique_ptr<store::log_writer_session> writer_;
  store::type_id type_;
  acknowledged_log acknowledged_;
  std::vector<wire_message> seen_;
  std::size_t cuts_ = 0;
  int streams_ = 0;
  int commands_ = 0;
  int payloads_ = 0;
  /// An append that was acknowledged, to be sent again.
  store::append_request earlier_;
};

} // namespace cafes::test
