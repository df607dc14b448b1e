// SPDX-License-Identifier: MIT
#pragma once

#include "store/postgres/read_session.hpp"
#include "store/view_operator.hpp"

#include <string>

namespace cafes::store::postgres {

/// Operates views on PostgreSQL, by rows that the worker reads. Whatever is
/// asked may be asked twice, so a lost session is opened again.
class view_operator final : public store::view_operator {
public:
  explicit view_operator(conninfo where);

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
  [[nodiscard]] expected<view_builds>
  change_once(const view_identity& view, build_change wanted, bool& is_sent);

  read_session session_;
};

} // namespace cafes::store::postgres
