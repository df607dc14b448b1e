// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_connection.hpp"
#include "store/postgres/connection.hpp"
#include "store/postgres/write_plan.hpp"

#include <string>

namespace cafes::store::postgres {

/// The log's owner on PostgreSQL. Ownership is an advisory lock of the
/// session, so it ends with the session; the primary key is the last line.
class log_connection : public store::log_connection {
public:
  explicit log_connection(conninfo where);
  ~log_connection() override;

  [[nodiscard]] expected<ownership>
  take(const std::string& owner, std::chrono::milliseconds wait) override;

  [[nodiscard]] expected<std::vector<type_id>>
  register_types(std::span<const detail::event_type> types) override;

  [[nodiscard]] expected<known_streams>
  find_streams(std::span<const stream_name> names) override;

  [[nodiscard]] expected<std::optional<appended>>
  find_command(stream_id stream, const uuid& command_id) override;

  [[nodiscard]] write_result write(const append_plan& plan) override;

  [[nodiscard]] expected<std::vector<event_mark>>
  marks_after(position after, std::size_t limit) override;

private:
  [[nodiscard]] expected<void> lock_log(std::chrono::milliseconds wait);
  [[nodiscard]] ownership become_owner(const std::string& owner);

  connection connection_;
  plan_writer writer_;
  std::string lock_key_;
};

} // namespace cafes::store::postgres
