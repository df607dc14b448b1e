// SPDX-License-Identifier: MIT
#pragma once

#include "store/postgres/read_session.hpp"
#include "store/view_session.hpp"

#include <string>
#include <string_view>

namespace cafes::store::postgres {

/// Reads views on PostgreSQL. Every call is one snapshot of committed rows.
class view_reader : public store::view_reader {
public:
  explicit view_reader(conninfo where);

  [[nodiscard]] expected<position>
  checkpoint(const view_identity& view) override;

  [[nodiscard]] expected<std::optional<std::string>>
  find(const view_identity& view, const std::string& key) override;

  [[nodiscard]] expected<page> list(const view_identity& view,
                                    const view_range& range) override;

private:
  template <class Read>
  std::invoke_result_t<Read> read(const view_identity& view, Read work);

  std::string prepared(std::string_view name, std::string_view statement,
                       const view_identity& view);

  read_session session_;
};

} // namespace cafes::store::postgres
