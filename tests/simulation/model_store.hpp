// SPDX-License-Identifier: MIT
#pragma once

#include "store/log_store.hpp"
#include "tests/simulation/model_server.hpp"

namespace cafes::test {

/// A store whose sessions go wrong by the seed of a simulation: they break
/// before or after their effect, are refused, or find another owner. It keeps
/// no views. Each session belongs to the process that was running when it was
/// opened.
class model_store final : public store::log_store {
public:
  explicit model_store(model_server& server) : server_{&server} {}

  [[nodiscard]] expected<void> migrate() override;
  [[nodiscard]] expected<store_summary> summary() override;
  [[nodiscard]] expected<std::unique_ptr<store::log_writer_session>>
  open_writer() override;
  [[nodiscard]] expected<std::unique_ptr<store::log_reader>>
  open_reader() override;
  [[nodiscard]] expected<std::unique_ptr<store::snapshot_writer>>
  open_snapshot_writer() override;
  [[nodiscard]] expected<std::unique_ptr<store::view_writer>>
  open_view_writer(const store::view_identity& view) override;
  [[nodiscard]] expected<std::unique_ptr<store::view_reader>>
  open_view_reader() override;
  [[nodiscard]] expected<std::unique_ptr<store::view_operator>>
  open_view_operator() override;

private:
  model_server* server_;
};

/// What the model refuses to store is an event with this word in it.
inline constexpr std::string_view poison = "poison";

} // namespace cafes::test
