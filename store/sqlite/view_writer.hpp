// SPDX-License-Identifier: MIT
#pragma once

#include "store/sqlite/connection.hpp"
#include "store/sqlite/write_side.hpp"
#include "store/view_session.hpp"

#include <memory>
#include <optional>

namespace cafes::store::sqlite {

class view_writer final : public store::view_writer {
public:
  /// With a claim if it is one of a target.
  view_writer(std::shared_ptr<write_side> side, view_identity view,
              std::shared_ptr<const claims::claim> claimed = {});

  [[nodiscard]] expected<std::optional<position>> claim() override;
  [[nodiscard]] expected<std::vector<keyed_document>>
  load(std::span<const std::string> keys) override;
  [[nodiscard]] expected<std::vector<keyed_document>>
  list(const std::string& after_key, std::size_t limit) override;
  [[nodiscard]] expected<std::vector<parked_event>>
  parked(position after, std::size_t limit) override;
  [[nodiscard]] expected<view_orders> orders() override;
  [[nodiscard]] expected<void> pause(const std::string& why) override;
  [[nodiscard]] expected<void> commit(const view_commit& page) override;
  [[nodiscard]] expected<std::optional<target_build>> open_target() override;
  [[nodiscard]] expected<void> stop_target(int number,
                                           const std::string& why) override;
  [[nodiscard]] expected<void> go_live(position at) override;

private:
  [[nodiscard]] expected<void> pause_or_stop(int build, const std::string& why);
  [[nodiscard]] expected<position> find_or_create();
  [[nodiscard]] expected<position> find_or_create(database& db);
  [[nodiscard]] expected<void> write(database& db, const view_commit& page);

  std::shared_ptr<write_side> side_;
  view_identity view_;
  /// Loads beside the log's writer instead of by turns with it.
  connection reading_;
  std::shared_ptr<const claims::claim> claim_;
};

} // namespace cafes::store::sqlite
