// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_connection.hpp"
#include "tests/simulation/model_server.hpp"

#include <memory>
#include <string>
#include <vector>

namespace cafes::test {

/// A writer's connection to a model server.
class model_connection final : public store::log_connection {
public:
  explicit model_connection(model_server& server);
  ~model_connection() override;
  model_connection(const model_connection&) = delete;
  model_connection& operator=(const model_connection&) = delete;

  [[nodiscard]] expected<store::ownership>
  take(const std::string& owner, std::chrono::milliseconds wait) override;
  [[nodiscard]] expected<std::vector<store::type_id>>
  register_types(std::span<const detail::event_type> types) override;
  [[nodiscard]] expected<store::known_streams>
  find_streams(std::span<const stream_name> names) override;
  [[nodiscard]] expected<std::optional<store::appended>>
  find_command(store::stream_id stream, const uuid& command_id) override;
  [[nodiscard]] store::write_result
  write(const store::append_plan& plan) override;
  [[nodiscard]] expected<std::vector<store::event_mark>>
  marks_after(position after, std::size_t limit) override;

private:
  enum class ending { well, breaks, breaks_later, stream_conflict, taken };

  [[nodiscard]] bool is_cut(int rate, const char* what);
  [[nodiscard]] ending draw_ending();
  [[nodiscard]] store::write_result
  write_on_its_way(const store::append_plan& plan, ending drawn);
  unexpected<error> lose();

  model_server* server_;
  int process_;
  model_server::link link_;
};

} // namespace cafes::test
