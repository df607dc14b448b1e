// SPDX-License-Identifier: MIT
#pragma once

#include "store/append_plan.hpp"
#include "store/postgres/connection.hpp"
#include "store/postgres/field_buffer.hpp"

#include <cstddef>
#include <set>
#include <utility>
#include <vector>

namespace cafes::store::postgres {

/// Writes few rows by one prepared statement with binary parameters: one round
/// trip, also for new streams with their events.
/// Thread: one at a time.
class insert_rows {
public:
  /// Events of a plan; it has no more new streams than events.
  static constexpr std::size_t events_max = 10;

  /// A new session knows no statement of the one before.
  void forget() { prepared_.clear(); }

  /// As copy_in, for a plan of up to `events_max` events. The first plan of
  /// its shape on a session costs a round trip more.
  /// Throws as copy_in.
  void write(connection& on, const append_plan& plan, payload_type payload);

private:
  /// New streams and events.
  using shape = std::pair<std::size_t, std::size_t>;

  void prepare(PGconn* session, const shape& rows, payload_type payload);

  std::set<shape> prepared_;
  field_buffer fields_;
  std::vector<const char*> values_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

} // namespace cafes::store::postgres
