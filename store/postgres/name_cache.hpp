// SPDX-License-Identifier: MIT
#pragma once

#include "store/postgres/connection.hpp"
#include "store/postgres/event_rows.hpp"

#include <cafes/recorded_event.hpp>

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace cafes::store::postgres {

/// Remembers which stream and which event type a number stands for, so that
/// pages of the log are read without joins. Neither ever changes in one
/// database; another server may have lost some, so forget on a new session.
class name_cache {
public:
  /// The statements used here, for the list of a connection that names.
  [[nodiscard]] static std::vector<sql::embedded> statements();

  /// Gives the rows their names, asking the server for the unknown ones.
  /// Throws what libpqxx throws. Errors: corrupt (a number without a name).
  [[nodiscard]] expected<std::vector<recorded_event>>
  name(connection& on, std::vector<event_row> rows);

  /// As above for rows of one stream, whose name is known.
  [[nodiscard]] expected<std::vector<recorded_event>>
  name(connection& on, std::vector<event_row> rows, const stream_name& stream);

  void forget();

private:
  struct event_type {
    std::string name;
    int schema_version = 0;
  };

  /// `stream_of` gives a row's stream, or null if it has no name.
  template <class StreamOf>
  expected<std::vector<recorded_event>>
  named(std::vector<event_row> rows, StreamOf stream_of) const;

  void learn_streams(connection& on, const std::vector<event_row>& rows);
  void learn_types(connection& on, const std::vector<event_row>& rows);

  std::unordered_map<std::int64_t, stream_name> streams_;
  std::unordered_map<std::int64_t, event_type> types_;
};

} // namespace cafes::store::postgres
