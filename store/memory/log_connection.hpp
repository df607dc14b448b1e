// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_connection.hpp"
#include "store/memory/memory_log.hpp"

#include <memory>

namespace cafes::store::memory {

class log_connection final : public store::log_connection {
public:
  explicit log_connection(std::shared_ptr<memory_log> log);
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
  [[nodiscard]] std::optional<write_result>
  violation(const append_plan& plan) const;

  std::shared_ptr<memory_log> log_;
  bool owns_ = false;
};

} // namespace cafes::store::memory
