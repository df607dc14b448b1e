// SPDX-License-Identifier: MIT
#pragma once

#include "store/memory/memory_log.hpp"
#include "store/view_operator.hpp"

#include <memory>

namespace cafes::store::memory {

class view_operator final : public store::view_operator {
public:
  explicit view_operator(std::shared_ptr<memory_log> log)
    : log_{std::move(log)} {}

  [[nodiscard]] expected<view_state> state(const view_identity& view) override;
  [[nodiscard]] expected<void> pause(const view_identity& view,
                                     const std::string& why) override;
  [[nodiscard]] expected<void> resume(const view_identity& view) override;
  [[nodiscard]] expected<std::vector<parked_event>>
  parked(const view_identity& view, position after, std::size_t limit) override;
  [[nodiscard]] expected<std::int64_t>
  wish(const view_identity& view, const std::optional<std::string>& key,
       parked_wish wish) override;
  [[nodiscard]] expected<view_builds> change(const view_identity& view,
                                             build_change wanted) override;

private:
  [[nodiscard]] expected<memory_log::view*> stored(const view_identity& view);

  std::shared_ptr<memory_log> log_;
};

} // namespace cafes::store::memory
