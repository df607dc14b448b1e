// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_connection.hpp"
#include "store/sqlite/write_side.hpp"

#include <memory>
#include <optional>

namespace cafes::store::sqlite {

class log_connection final : public store::log_connection {
public:
  explicit log_connection(std::shared_ptr<write_side> side);

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
  std::shared_ptr<write_side> side_;
  std::optional<claims::claim> claim_;
};

} // namespace cafes::store::sqlite
