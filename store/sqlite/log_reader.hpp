// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_reader.hpp"
#include "store/sqlite/connection.hpp"

#include <filesystem>

namespace cafes::store::sqlite {

class log_reader final : public store::log_reader {
public:
  explicit log_reader(const std::filesystem::path& file);

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
  connection connection_;
};

} // namespace cafes::store::sqlite
