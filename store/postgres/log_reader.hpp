// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_reader.hpp"
#include "store/postgres/connection.hpp"
#include "store/postgres/name_cache.hpp"
#include "store/postgres/read_session.hpp"

namespace cafes::store::postgres {

/// Reads a log on PostgreSQL. Every call is one snapshot of committed rows.
class log_reader : public store::log_reader {
public:
  explicit log_reader(conninfo where);

  [[nodiscard]] expected<stream_slice> read_stream(const stream_name& stream,
                                                   version from,
                                                   std::size_t limit) override;

  [[nodiscard]] expected<std::vector<recovered_stream>>
  recover(std::span<const recovery_request> streams,
          std::size_t events_max) override;

  [[nodiscard]] expected<std::vector<recorded_event>>
  read_log(position after, std::size_t limit) override;

  [[nodiscard]] expected<position> head() override;

  [[nodiscard]] expected<std::optional<appended>>
  find_command(const stream_name& stream, const uuid& command_id) override;

private:
  read_session session_;
  name_cache names_;
};

} // namespace cafes::store::postgres
