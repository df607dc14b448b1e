// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_reader.hpp"
#include "store/memory/memory_log.hpp"

#include <memory>

namespace cafes::store::memory {

class log_reader final : public store::log_reader {
public:
  explicit log_reader(std::shared_ptr<memory_log> log) : log_{std::move(log)} {}

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
  [[nodiscard]] recovered_stream recover(const recovery_request& wanted,
                                         std::size_t events_max) const;

  /// The caller holds the log's mutex.
  [[nodiscard]] std::vector<recorded_event>
  events_after(stream_id id, version after, std::size_t limit) const;

  std::shared_ptr<memory_log> log_;
};

} // namespace cafes::store::memory
